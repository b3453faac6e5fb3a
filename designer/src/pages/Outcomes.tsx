import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Modal, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, ask } from '../api/client'
import { Failure, useTell } from '../app/parts'
import { moment } from '../i18n/times'
import { JourneyLink, TemplateLink } from './Names'

type Doing = 'delivered' | 'failed' | 'ask'

/** Messages of which nobody knows what became of them: a person says it, or the vendor is asked again. */
export function Outcomes({ count }: { count: number }) {
  const { t } = useTranslation()
  const tell = useTell()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<string[]>([])
  const [doing, setDoing] = useState<Doing | null>(null)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const all = useQuery({ queryKey: ['outcomes', count], queryFn: () => ask(api.GET('/api/outcomes', { params: { query: { limit: 100 } } })) })
  const close = () => (setDoing(null), setReason(''))
  const act = () => {
    setBusy(true)
    const asking = doing === 'ask'
      ? ask(api.POST('/api/outcomes/ask', { body: { ids: chosen, reason } }))
      : ask(api.POST('/api/outcomes/settle', { body: { outcome: doing as 'delivered' | 'failed', ids: chosen, reason } }))
    void asking
      .then((answer) => (tell.done(t('operations.settled', { count: answer.asked, news: answer.news })), setChosen([]), close()))
      .catch(tell.failed)
      .finally(() => (setBusy(false), void queries.invalidateQueries({ queryKey: ['outcomes'] }), void queries.invalidateQueries({ queryKey: ['operations'] })))
  }
  const names = { delivered: t('operations.delivered'), failed: t('operations.notDelivered'), ask: t('operations.ask') }
  return (
    <>
      <h2 className="section">{t('operations.settle')}</h2>
      <Failure wrong={all.error} again={() => void all.refetch()} />
      {chosen.length > 0 && (
        <div className="page-tools" style={{ marginBottom: 12 }}>
          <span>{t('operations.chosen', { count: chosen.length })}</span>
          {(['delivered', 'failed', 'ask'] as const).map((one) => <Button key={one} size="small" onClick={() => setDoing(one)}>{names[one]}</Button>)}
        </div>
      )}
      <Table
        rowKey="id" size="small" pagination={{ pageSize: 20, hideOnSinglePage: true }} loading={all.isPending} dataSource={all.data?.messages} locale={{ emptyText: t('operations.noUnknown') }} scroll={{ x: 800 }}
        rowSelection={{
          selectedRowKeys: chosen, onChange: (keys) => setChosen(keys as string[]), columnTitle: (box) => <span title={t('operations.all')}>{box}</span>,
          getCheckboxProps: (one) => ({ 'aria-label': `${one.contact} ${one.template}` }), getTitleCheckboxProps: () => ({ 'aria-label': t('operations.all') }),
        }}
        columns={[
          { title: t('operations.since'), className: 'when', render: (_, one) => moment(one.changed_at) },
          { title: t('messages.to'), className: 'when', render: (_, one) => <><Link to={`/contacts/${one.contact}`}>{one.contact}</Link> <span className="key">{one.address}</span></> },
          { title: t('operations.account'), dataIndex: 'account' },
          { title: t('messages.template'), render: (_, one) => <><TemplateLink of={one.template} /><div className="key"><JourneyLink of={one.journey} /> · {one.step}</div></> },
          { title: t('operations.said'), render: (_, one) => one.text ?? one.code ?? '' },
        ]}
      />
      <Modal open={doing !== null} title={doing === 'ask' ? t('operations.ask') : t('operations.settleTitle')} okText={doing ? names[doing] : ''} confirmLoading={busy} onCancel={close} onOk={act} okButtonProps={{ disabled: reason.trim() === '' }}>
        <p>{t('operations.chosen', { count: chosen.length })}</p>
        <p className="soft">{t(doing === 'ask' ? 'operations.askHint' : 'operations.settleHint')}</p>
        <Input value={reason} maxLength={500} onChange={(typed) => setReason(typed.target.value)} placeholder={t('operations.reason')} aria-label={t('operations.reason')} />
      </Modal>
    </>
  )
}
