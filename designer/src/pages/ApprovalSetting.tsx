import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Card, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schema } from '../api/client'
import { Failure, useTell } from '../app/parts'
import { isAdmin, useSession } from '../app/session'

type Need = Schema<'ApprovalNeed'>

/** Whether publishing needs somebody else. Apart from the other settings: admins alone change it, and it holds at once. */
export function ApprovalSetting() {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const tell = useTell()
  const queries = useQueryClient()
  const may = isAdmin(useSession())
  const setting = useQuery({ queryKey: ['settings', 'approval'], queryFn: () => ask(api.GET('/api/settings/approval')) })
  const put = (approval: Need) =>
    ask(api.PUT('/api/settings/approval', { body: { approval } }))
      .then(() => tell.done(t('common.saved')), tell.failed).finally(() => void queries.invalidateQueries({ queryKey: ['settings', 'approval'] }).then(() => queries.invalidateQueries({ queryKey: ['approval'] })))
  const choose = (approval: Need) =>
    approval === 'required' ? void put(approval) : modal.confirm({ title: t('approval.offAsk'), content: t('approval.offHint'), okText: t('approval.off'), okButtonProps: { danger: true }, onOk: () => put(approval) })
  return (
    <Card title={t('approval.setting')} size="small" style={{ marginTop: 16 }}>
      <Failure wrong={setting.error} again={() => void setting.refetch()} />
      <p className="soft" style={{ marginTop: 0 }}>{t('approval.settingHint')}{!may && <> {t('approval.adminsOnly')}</>}</p>
      {setting.data && (
        <Segmented<Need>
          aria-label={t('approval.setting')} disabled={!may} value={setting.data.approval} onChange={choose}
          options={[{ value: 'none', label: t('approval.none') }, { value: 'required', label: t('approval.required') }]}
        />
      )}
    </Card>
  )
}
