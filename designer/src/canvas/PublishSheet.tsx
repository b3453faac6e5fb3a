import { useQueryClient } from '@tanstack/react-query'
import { Alert, Drawer, Button, Radio, Space } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schema } from '../api/client'
import { useApproval } from '../api/queries'
import { useTell } from '../app/parts'
import { toJourney } from '../model/document'
import type { Json } from '../model/json'
import { findingText } from '../sentence/findings'
import { ApprovalNotice, CommentField, type Doing } from './Approval'
import { Changes } from './Changes'
import { useDraft, useDraftState, useJourney } from './draft'
import { Estimate } from './Estimate'
import { inside } from './figures'
import { useVersions } from './Versions'

interface Props {
  state: Schema<'JourneyAnswer'>
  stats: Schema<'StatsAnswer'> | undefined
  onClose(): void
  onDone(): void
}

/** One sheet before a journey goes live: what changes, what becomes of people on the way, what stands in the way. */
export function PublishSheet({ state, stats, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const draft = useDraft()
  const journey = useJourney()
  const findings = useDraftState((one) => one.findings)
  const saving = useDraftState((one) => one.saving)
  const tell = useTell()
  const queries = useQueryClient()
  const approval = useApproval(draft.key)
  const [chosen, setChosen] = useState<Schema<'InFlightChoice'>>('stay')
  const [counted, setCounted] = useState(false)
  const [comment, setComment] = useState('')
  const [busy, setBusy] = useState<Doing | null>(null)
  useEffect(() => void draft.save(), [draft])

  const errors = findings.filter((one) => one.severity === 'error').length
  const needed = approval.data?.approval === 'required' ? approval.data : null
  const request = needed?.request?.status === 'open' || needed?.request?.status === 'approved' ? needed.request : null
  // Who decides sees what was asked for, and not what happens to be on this screen.
  const shown = request && needed?.document ? toJourney(needed.document as Json) : journey
  const [inFlight, existing] = request ? [request.in_flight, request.count_existing] : [chosen, counted]
  const isOutdated = state.revision > draft.baseRevision && saving === 'saved'
  const live = state.published ? toJourney(state.published as Json) : null
  const versions = useVersions(draft.key, live !== null)
  const waiting = inside(stats)
  const left = (stats?.steps ?? []).filter((one) => !shown.steps.some((step) => step.id === one.step)).reduce((sum, one) => sum + one.count, 0)

  const act = async (doing: Doing, action: () => Promise<string>) => {
    setBusy(doing)
    try {
      if (!(await draft.save())) return
      tell.done(await action())
      void queries.invalidateQueries({ queryKey: ['journeys'] })
      onDone()
      onClose()
    } catch (wrong) {
      tell.failed(wrong)
    } finally {
      setBusy(null)
      void queries.invalidateQueries({ queryKey: ['approval', draft.key] })
    }
  }
  const path = { params: { path: { key: draft.key } } }
  const went = (version: number, revision: number) => {
    draft.moved(revision)
    return t('publish.done', { version })
  }
  const publish = () => act('publish', async () => {
    const done = await ask(api.POST('/api/journeys/{key}/publish', { ...path, headers: { 'If-Match': `"${draft.baseRevision}"` }, body: { in_flight: inFlight, count_existing: existing } }))
    return went(done.version, done.revision)
  })
  const askFor = () => act('ask', async () => {
    await ask(api.POST('/api/journeys/{key}/approval', { ...path, headers: { 'If-Match': `"${draft.baseRevision}"` }, body: { comment, in_flight: inFlight, count_existing: existing } }))
    return t('approval.done_ask')
  })
  const approve = (alsoPublish: boolean) => act(alsoPublish ? 'approvePublish' : 'approve', async () => {
    const done = await ask(api.POST('/api/journeys/{key}/approval/approve', { ...path, body: { number: request!.number, comment, publish: alsoPublish } }))
    return done.version && done.revision ? went(done.version, done.revision) : t('approval.done_approve')
  })
  const reject = () => act('reject', async () => {
    await ask(api.POST('/api/journeys/{key}/approval/reject', { ...path, body: { number: request!.number, comment } }))
    return t('approval.done_reject')
  })
  const withdraw = () => act('withdraw', async () => {
    await ask(api.POST('/api/journeys/{key}/approval/withdraw', { ...path, body: { number: request!.number } }))
    return t('approval.done_withdraw')
  })
  const isBlocked = errors > 0 || saving === 'conflict' || isOutdated || approval.isPending

  return (
    <Drawer
      open size={520} onClose={onClose} title={t('publish.title', { name: journey.name ?? journey.key })}
      footer={
        <Space wrap style={{ justifyContent: 'end', width: '100%' }}>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          {request && needed?.is_own && <Button loading={busy === 'withdraw'} onClick={() => void withdraw()}>{t('approval.withdraw')}</Button>}
          {request?.status === 'open' && needed?.may_decide && (
            <>
              <Button danger loading={busy === 'reject'} disabled={isOutdated || comment.trim() === ''} title={t('approval.commentDecide')} onClick={() => void reject()}>{t('approval.reject')}</Button>
              <Button loading={busy === 'approve'} disabled={isBlocked} onClick={() => void approve(false)}>{t('approval.approve')}</Button>
              <Button type="primary" loading={busy === 'approvePublish'} disabled={isBlocked} onClick={() => void approve(true)}>{t('approval.approvePublish')}</Button>
            </>
          )}
          {needed && !request && <Button type="primary" loading={busy === 'ask'} disabled={isBlocked} onClick={() => void askFor()}>{t('approval.ask')}</Button>}
          {(!needed || request?.status === 'approved') && <Button type="primary" loading={busy === 'publish'} disabled={isBlocked} onClick={() => void publish()}>{t('publish.go')}</Button>}
        </Space>
      }
    >
      <div className="stack">
        {needed && <ApprovalNotice approval={needed} isOutdated={isOutdated} />}
        {errors > 0 && <Alert type="error" showIcon title={t('publish.errors', { count: errors })} description={<ul>{findings.filter((one) => one.severity === 'error').map((one, i) => <li key={i}>{findingText(one)}</li>)}</ul>} />}
        {findings.length > errors && <Alert type="warning" showIcon title={t('publish.warnings', { count: findings.length - errors })} />}
        <section>
          <h3>{t('publish.changes')}</h3>
          {!live && <p>{t('publish.first')}</p>}
          {live && <Changes now={shown} before={live} publishedAt={versions.data?.versions[0]?.published_at} />}
        </section>
        <Estimate journey={shown} hasErrors={errors > 0} existing={existing} onExisting={setCounted} isFixed={request !== null} />
        {live && (
          <section>
            <h3>{t('publish.inFlight')}</h3>
            <p><b>{t('publish.inFlightCount', { count: waiting })}</b>{left > 0 && <> · {t('publish.gone', { count: left })}</>}</p>
            <Radio.Group
              vertical value={inFlight} disabled={request !== null} onChange={(event) => setChosen(event.target.value as Schema<'InFlightChoice'>)}
              options={[{ value: 'stay', label: t('publish.stay') }, { value: 'move', label: t('publish.move') }, { value: 'exit', label: t('publish.exitNow') }]}
            />
          </section>
        )}
        {needed && (!request || needed.may_decide) && <CommentField value={comment} isAsking={!request} onChange={setComment} />}
      </div>
    </Drawer>
  )
}
