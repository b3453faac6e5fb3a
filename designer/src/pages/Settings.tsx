import { useQuery } from '@tanstack/react-query'
import { Card, Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../api/client'
import { Failure, PageHead, useTell } from '../app/parts'
import { DocumentEditor } from './DocumentEditor'

export default function Settings() {
  const { t } = useTranslation()
  const tell = useTell()
  const settings = useQuery({ queryKey: ['settings'], queryFn: () => ask(api.GET('/api/settings')) })
  const save = async (document: unknown) => {
    await ask(api.PUT('/api/settings', { headers: { 'If-Match': `"${settings.data!.revision}"` }, body: document as never }))
    await settings.refetch()
    tell.done(t('common.saved'))
  }
  return (
    <>
      <PageHead title={t('settings.title')} />
      <p className="soft">{t('settings.hint')}</p>
      <Failure wrong={settings.error} again={() => void settings.refetch()} />
      {settings.isPending && <Spin />}
      {settings.data && <Card><DocumentEditor key={settings.data.revision} document={settings.data.document} onSave={save} /></Card>}
    </>
  )
}
