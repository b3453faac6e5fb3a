import { useQueryClient } from '@tanstack/react-query'
import { Alert, Checkbox, Drawer, Button, Radio, Space } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schema } from '../api/client'
import { useTell } from '../app/parts'
import { count } from '../i18n'
import { difference } from '../model/difference'
import { toJourney } from '../model/document'
import type { Json } from '../model/json'
import { findingText } from '../sentence/findings'
import { stepTitle } from '../sentence/sentence'
import { useDraft, useDraftState, useJourney } from './draft'
import { Estimate } from './Estimate'
import { inside } from './figures'

interface Props {
  state: Schema<'JourneyAnswer'>
  stats: Schema<'StatsAnswer'> | undefined
  onClose(): void
  onDone(): void
}

// Triggers that people can match before the journey is there.
const standing = new Set(['dormant', 'date', 'segment'])

/** One sheet before a journey goes live: what changes, what becomes of people on the way, what stands in the way. */
export function PublishSheet({ state, stats, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const draft = useDraft()
  const journey = useJourney()
  const findings = useDraftState((one) => one.findings)
  const saving = useDraftState((one) => one.saving)
  const tell = useTell()
  const queries = useQueryClient()
  const [inFlight, setInFlight] = useState<Schema<'InFlightChoice'>>('stay')
  const [existing, setExisting] = useState(false)
  const [busy, setBusy] = useState(false)
  useEffect(() => void draft.save(), [draft])

  const errors = findings.filter((one) => one.severity === 'error').length
  const live = state.published ? toJourney(state.published as Json) : null
  const changes = live && difference(journey, live)
  const waiting = inside(stats)
  const left = (stats?.steps ?? []).filter((one) => !journey.steps.some((step) => step.id === one.step)).reduce((sum, one) => sum + one.count, 0)

  const publish = async () => {
    setBusy(true)
    try {
      if (!(await draft.save())) return
      const done = await ask(api.POST('/api/journeys/{key}/publish', {
        params: { path: { key: draft.key } }, headers: { 'If-Match': `"${draft.baseRevision}"` }, body: { in_flight: inFlight, count_existing: existing },
      }))
      draft.moved(done.revision)
      tell.done(t('publish.done', { version: done.version }))
      void queries.invalidateQueries({ queryKey: ['journeys'] })
      onDone()
      onClose()
    } catch (wrong) {
      tell.failed(wrong)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Drawer
      open size={520} onClose={onClose} title={t('publish.title', { name: journey.name ?? journey.key })}
      footer={
        <Space style={{ justifyContent: 'end', width: '100%' }}>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" loading={busy} disabled={errors > 0 || saving === 'conflict'} onClick={() => void publish()}>{t('publish.go')}</Button>
        </Space>
      }
    >
      <div className="stack">
        {errors > 0 && <Alert type="error" showIcon title={t('publish.errors', { count: errors })} description={<ul>{findings.filter((one) => one.severity === 'error').map((one, i) => <li key={i}>{findingText(one)}</li>)}</ul>} />}
        {findings.length > errors && <Alert type="warning" showIcon title={t('publish.warnings', { count: findings.length - errors })} />}
        <section>
          <h3>{t('publish.changes')}</h3>
          {!changes && <p>{t('publish.first')}</p>}
          {changes && changes.steps.length + changes.parts.length === 0 && <p>{t('publish.none')}</p>}
          {changes && (
            <ul>
              {changes.parts.map((part) => <li key={part}>{t(part === 'name' ? 'publish.nameChanged' : `publish.${part}`)}</li>)}
              {changes.steps.map(({ step, how }) => <li key={step.id}>{t(`publish.${how}`, { step: `${stepTitle(step, t)} (${step.id})` })}</li>)}
            </ul>
          )}
        </section>
        <Estimate journey={journey} />
        {live && (
          <section>
            <h3>{t('publish.inFlight')}</h3>
            <p><b>{t('publish.inFlightCount', { count: waiting, formatted: count(waiting) })}</b>{left > 0 && <> · {t('publish.gone', { count: left })}</>}</p>
            <Radio.Group
              vertical value={inFlight} onChange={(chosen) => setInFlight(chosen.target.value as Schema<'InFlightChoice'>)}
              options={[{ value: 'stay', label: t('publish.stay') }, { value: 'move', label: t('publish.move') }, { value: 'exit', label: t('publish.exitNow') }]}
            />
          </section>
        )}
        {standing.has(journey.trigger.on) && (
          <Checkbox checked={existing} onChange={(ticked) => setExisting(ticked.target.checked)}>{t('publish.existing')}</Checkbox>
        )}
      </div>
    </Drawer>
  )
}
