import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Card, Segmented, Spin } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../api/client'
import type { SettingsDocument } from '../api/queries'
import { Failure, PageHead, useTell } from '../app/parts'
import { ApprovalSetting } from './ApprovalSetting'
import { DocumentEditor } from './DocumentEditor'
import { SettingsForm } from './SettingsForm'

/** What holds for the whole workspace. */
export default function Settings() {
  const { t } = useTranslation()
  const tell = useTell()
  const queries = useQueryClient()
  const settings = useQuery({ queryKey: ['settings'], queryFn: () => ask(api.GET('/api/settings')) })
  const [mode, setMode] = useState<'form' | 'document'>('form')
  const [mine, setMine] = useState<SettingsDocument | null>(null)
  const [wrong, setWrong] = useState<unknown>(null)
  const theirs = settings.data?.document as SettingsDocument | undefined
  const document = mine ?? theirs
  const save = async (next: unknown) => {
    await ask(api.PUT('/api/settings', { headers: { 'If-Match': `"${settings.data!.revision}"` }, body: next as never }))
    await queries.invalidateQueries({ queryKey: ['settings'] })
    setMine(null)
    tell.done(t('common.saved'))
  }
  const saveForm = () => void save(document).then(() => setWrong(null), setWrong)
  return (
    <>
      <PageHead title={t('settings.title')}>
        <Segmented value={mode} onChange={setMode} options={[{ value: 'form', label: t('template.form') }, { value: 'document', label: t('template.document') }]} />
        {mode === 'form' && <Button type="primary" disabled={mine === null || JSON.stringify(mine) === JSON.stringify(theirs)} onClick={saveForm}>{t('common.save')}</Button>}
      </PageHead>
      <p className="soft">{t('settings.hint')}</p>
      <Failure wrong={settings.error} again={() => void settings.refetch()} />
      <Failure wrong={wrong} />
      {settings.isPending && <Spin />}
      {document && (mode === 'form'
        ? <><SettingsForm document={document} onChange={setMine} /><ApprovalSetting /></>
        : <Card><DocumentEditor key={settings.data!.revision} document={theirs} onSave={save} /></Card>)}
    </>
  )
}
