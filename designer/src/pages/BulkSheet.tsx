import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Modal, Select, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schema } from '../api/client'
import { useAccounts, useChannels, useJourneys, useSegments, useStats, useTemplates } from '../api/queries'
import { Failure, useTell } from '../app/parts'
import { channelName } from '../sentence/sentence'
import { useSegmentName, useTemplateName } from './Names'
import { spanText } from './spanText'

type Filter = Schema<'BulkFiltering'>
const failures = ['attempts_exhausted', 'bad_address', 'content_refused', 'fix_configuration', 'quota_gone', 'retry_later', 'no_consent', 'frequency_cap', 'quiet_hours']
const spans = [1, 24, 24 * 7]
const since = (hours: number) => (hours === 0 ? undefined : new Date(Date.now() - hours * 3_600_000).toISOString())

/** Chooses whom it is about, says how many that are, and begins just that. */
export function BulkSheet({ action, onClose }: { action: Schema<'BulkKind'>; onClose(): void }) {
  const { t } = useTranslation()
  const tell = useTell()
  const queries = useQueryClient()
  const [filter, setFilter] = useState<Filter>(action === 'replay_failed' ? { from: since(spans.at(-1)!) } : {})
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const isExit = action === 'exit_people'
  // An exit is of one journey, never of all of them by having left something out.
  const isReady = !isExit || Boolean(filter.journey)
  const preview = useQuery({
    queryKey: ['bulk', 'preview', action, filter], queryFn: () => ask(api.POST('/api/bulk/preview', { body: { action, filter } })), enabled: isReady, staleTime: 0, gcTime: 0,
  })
  const begin = () => {
    setBusy(true)
    const { id, count, as_of } = preview.data!
    void ask(api.POST('/api/bulk', { body: { action, id, expected: count, as_of, filter, reason } }))
      .then(() => (tell.done(t('operations.begun')), onClose()))
      .catch((wrong: unknown) => (tell.failed(wrong), void preview.refetch()))
      .finally(() => (setBusy(false), void queries.invalidateQueries({ queryKey: ['bulk'] }), void queries.invalidateQueries({ queryKey: ['operations'] })))
  }
  const change = (part: Filter) => setFilter((before) => ({ ...before, ...part }))
  const count = preview.data?.count ?? 0
  return (
    <Modal
      open width={640} title={t(isExit ? 'operations.exit' : 'operations.replay')} okText={t(isExit ? 'operations.action.exit_people' : 'operations.action.replay_failed')} confirmLoading={busy}
      onCancel={onClose} onOk={begin} okButtonProps={{ danger: isExit, disabled: !isReady || !preview.data || count === 0 || reason.trim() === '' }}
    >
      <p className="soft">{t(isExit ? 'operations.exitHint' : 'operations.replayHint')}</p>
      <Form layout="vertical">
        {isExit ? <WhoLeaves filter={filter} change={change} /> : <WhatFailed filter={filter} change={change} />}
        <Failure wrong={preview.error} again={() => void preview.refetch()} />
        {!isReady && <p className="soft" role="status">{t('operations.chooseJourney')}</p>}
        {isReady && preview.data && (
          <>
            <p aria-live="polite">
              <b>{count === 0 ? t('operations.nobody') : t(isExit ? 'operations.exits' : 'operations.about', { count })}</b> {!isExit && count > 0 && t('operations.people', { count: preview.data.people })}
            </p>
            {count > 0 && (
              <Table
                rowKey={(one) => one.name + one.of} size="small" pagination={{ pageSize: 6, hideOnSinglePage: true }} dataSource={preview.data.groups} style={{ marginBottom: 16 }}
                columns={[
                  { title: t(`operations.group.${action}`), render: (_, one) => (isExit ? one.name : t(`why.${one.name}`)) },
                  { title: t(`operations.of.${action}`), dataIndex: 'of' }, { title: t('operations.count'), dataIndex: 'count' },
                ]}
              />
            )}
          </>
        )}
        <Input value={reason} maxLength={500} onChange={(typed) => setReason(typed.target.value)} placeholder={t('operations.reason')} aria-label={t('operations.reason')} />
      </Form>
    </Modal>
  )
}

interface Choosing { filter: Filter; change(part: Filter): void }

function WhatFailed({ filter, change }: Choosing) {
  const { t } = useTranslation()
  const journeys = useJourneys().data ?? []
  const channels = useChannels().data ?? []
  const accounts = useAccounts().data?.accounts ?? []
  const templates = useTemplates().data ?? []
  const templateName = useTemplateName()
  const [hours, setHours] = useState(spans.at(-1)!)
  return (
    <div className="pair">
      <Choice label={t('messages.journey')} value={filter.journey} options={journeys.map((one) => ({ value: one.key, label: one.name }))} onChange={(journey) => change({ journey })} />
      <Choice label={t('messages.channel')} value={filter.channel} options={channels.map((one) => ({ value: one, label: channelName(one, t) }))} onChange={(channel) => change({ channel })} />
      <Choice label={t('operations.account')} value={filter.account} options={accounts.map((one) => ({ value: one.key, label: one.key }))} onChange={(account) => change({ account })} />
      <Choice label={t('messages.template')} value={filter.template} options={templates.map((one) => ({ value: one.key, label: templateName(one.key) }))} onChange={(template) => change({ template })} />
      <Form.Item label={t('operations.why')}>
        <Select mode="multiple" allowClear placeholder={t('operations.any')} aria-label={t('operations.why')} value={filter.reasons ?? []} options={failures.map((one) => ({ value: one, label: t(`why.${one}`) }))} onChange={(reasons: string[]) => change({ reasons })} />
      </Form.Item>
      <Form.Item label={t('operations.from')}>
        <Select
          aria-label={t('operations.from')} value={hours} options={[{ value: 0, label: t('operations.ever') }, ...spans.map((count) => ({ value: count, label: t('operations.within', { span: spanText(count * 3_600, t) }) }))]}
          onChange={(count) => (setHours(count), change({ from: since(count) }))}
        />
      </Form.Item>
    </div>
  )
}

function WhoLeaves({ filter, change }: Choosing) {
  const { t } = useTranslation()
  const journeys = useJourneys().data ?? []
  const segments = useSegments().data ?? []
  const segmentName = useSegmentName()
  const standing = useStats(filter.journey ?? '', Boolean(filter.journey)).data?.steps ?? []
  const steps = [...new Set(standing.map((one) => one.step))]
  const versions = [...new Set(standing.map((one) => one.version))]
  return (
    <div className="pair">
      <Choice label={t('messages.journey')} hint={t('operations.choose')} value={filter.journey} options={journeys.map((one) => ({ value: one.key, label: one.name }))} onChange={(journey) => change({ journey, step: undefined, version: undefined })} />
      <Choice label={t('operations.group.exit_people')} value={filter.step} options={steps.map((one) => ({ value: one, label: one }))} onChange={(step) => change({ step })} />
      <Choice label={t('operations.version')} value={filter.version?.toString()} options={versions.map((one) => ({ value: one.toString(), label: one.toString() }))} onChange={(version) => change({ version: version ? Number(version) : undefined })} />
      <Choice label={t('app.segments')} value={filter.segment} options={segments.map((one) => ({ value: one.key, label: segmentName(one.key) }))} onChange={(segment) => change({ segment })} />
    </div>
  )
}

function Choice({ label, hint, value, options, onChange }: { label: string; hint?: string; value: string | null | undefined; options: { value: string; label: string }[]; onChange(value: string | undefined): void }) {
  const { t } = useTranslation()
  return (
    <Form.Item label={label}>
      <Select allowClear showSearch={{ optionFilterProp: ['label', 'value'] }} placeholder={hint ?? t('operations.any')} aria-label={label} value={value ?? undefined} options={options} onChange={onChange} />
    </Form.Item>
  )
}
