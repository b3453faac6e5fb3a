import { PauseCircleOutlined, PlayCircleOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Input, Modal } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schema } from '../api/client'
import { Failure, useTell } from '../app/parts'
import { moment } from '../i18n/times'
import { actorText } from '../sentence/facts'
import { channelName } from '../sentence/sentence'
import { useJourneyName, useTemplateName } from './Names'

type Held = Schema<'PersonsHoldAnswer'>

/** What people hold back now; what the engine holds for a wrong configuration stands beside it and says so. */
export function HeldByPeople({ held }: { held: Held[] }) {
  const { t } = useTranslation()
  const names = { journey: useJourneyName(), template: useTemplateName() }
  return held.map((one) => (
    <Alert
      key={one.target} type="info" showIcon icon={<PauseCircleOutlined />} style={{ marginBottom: 12 }}
      title={<><b>{targetName(one, t, names)}</b> · {t('holds.byPerson', { by: actorText(one.by), time: moment(one.since) })}</>} description={one.reason}
      action={<HoldButton target={one.target} name={targetName(one, t, names)} isHeld />}
    />
  ))
}

/** Holds a target or lets it go, after it said how many messages that is about. */
export function HoldButton({ target, name, isHeld = false, size }: { target: string; name: string; isHeld?: boolean; size?: 'small' }) {
  const { t } = useTranslation()
  const tell = useTell()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const preview = useQuery({
    queryKey: ['holds', 'preview', target], queryFn: () => ask(api.GET('/api/holds/preview', { params: { query: { target } } })), enabled: open, staleTime: 0,
  })
  const close = () => (setOpen(false), setReason(''))
  const act = () => {
    setBusy(true)
    const doing: Promise<unknown> = isHeld
      ? ask(api.DELETE('/api/holds/{target}', { params: { path: { target }, query: { reason } } }))
      : ask(api.POST('/api/holds', { body: { target, reason } }))
    void doing.then(close).catch(tell.failed).finally(() => (setBusy(false), void queries.invalidateQueries({ queryKey: ['accounts'] })))
  }
  const verb = t(isHeld ? 'holds.release' : 'holds.hold')
  return (
    <>
      <Button size={size} icon={isHeld ? <PlayCircleOutlined /> : <PauseCircleOutlined />} aria-label={`${verb}: ${name}`} onClick={() => setOpen(true)}>{target === 'everything' ? t(isHeld ? 'holds.releaseAll' : 'holds.holdAll') : verb}</Button>
      <Modal
        open={open} title={t(isHeld ? 'holds.releaseTitle' : 'holds.holdTitle', { name })} okText={verb} confirmLoading={busy} onCancel={close} onOk={act}
        okButtonProps={{ disabled: reason.trim() === '' || !preview.data }}
      >
        <Failure wrong={preview.error} again={() => void preview.refetch()} />
        {preview.data && (
          <p>
            {t(isHeld ? 'holds.wouldGo' : 'holds.wouldWait', { count: preview.data.waiting })} {t('holds.underWay', { count: preview.data.under_way })}
            {preview.data.held_by_others > 0 && <> {t('holds.others', { count: preview.data.held_by_others })}</>}
          </p>
        )}
        <p className="soft">{t(isHeld ? 'holds.releaseHint' : 'holds.holdHint')}</p>
        <Input value={reason} maxLength={500} onChange={(typed) => setReason(typed.target.value)} placeholder={t('holds.reason')} aria-label={t('holds.reason')} />
      </Modal>
    </>
  )
}

function targetName(one: Held, t: TFunction, names: Record<'journey' | 'template', (key: string) => string>) {
  if (one.scope === 'everything') return t('holds.everything')
  const name = one.scope === 'channel' ? channelName(one.key, t) : one.scope === 'journey' || one.scope === 'template' ? names[one.scope](one.key) : one.key
  return `${t(`holds.scope.${one.scope}`)} ${name}`
}
