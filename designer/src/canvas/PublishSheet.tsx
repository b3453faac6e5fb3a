import { useQueryClient } from '@tanstack/react-query'
import { Alert, Drawer, Button, Radio, Space } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schema } from '../api/client'
import { useTell } from '../app/parts'
import { toJourney } from '../model/document'
import type { Json } from '../model/json'
import { findingText } from '../sentence/findings'
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
  const [inFlight, setInFlight] = useState<Schema<'InFlightChoice'>>('stay')
  const [existing, setExisting] = useState(false)
  const [busy, setBusy] = useState(false)
  useEffect(() => void draft.save(), [draft])

  const errors = findings.filter((one) => one.severity === 'error').length
  const live = state.published ? toJourney(state.published as Json) : null
  const versions = useVersions(draft.key, live !== null)
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
          {!live && <p>{t('publish.first')}</p>}
          {live && <Changes now={journey} before={live} publishedAt={versions.data?.versions[0]?.published_at} />}
        </section>
        <Estimate journey={journey} hasErrors={errors > 0} existing={existing} onExisting={setExisting} />
        {live && (
          <section>
            <h3>{t('publish.inFlight')}</h3>
            <p><b>{t('publish.inFlightCount', { count: waiting })}</b>{left > 0 && <> · {t('publish.gone', { count: left })}</>}</p>
            <Radio.Group
              vertical value={inFlight} onChange={(chosen) => setInFlight(chosen.target.value as Schema<'InFlightChoice'>)}
              options={[{ value: 'stay', label: t('publish.stay') }, { value: 'move', label: t('publish.move') }, { value: 'exit', label: t('publish.exitNow') }]}
            />
          </section>
        )}
      </div>
    </Drawer>
  )
}
