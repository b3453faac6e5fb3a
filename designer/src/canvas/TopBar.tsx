import { CheckCircleOutlined, ExclamationCircleOutlined, LeftOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Popover, Segmented, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, ask, type Schema } from '../api/client'
import { useApproval } from '../api/queries'
import { ApprovalTag, StatusTag } from '../app/parts'
import { clock } from '../i18n/times'
import { hasErrors, placeOf } from '../model/findings'
import { findingText } from '../sentence/findings'
import { stepTitle } from '../sentence/sentence'
import { useDraft, useDraftState, useJourney } from './draft'
import { Operate } from './Operate'
import { PublishSheet } from './PublishSheet'
import type { Mode } from './view'

export const useJourneyState = (key: string) =>
  useQuery({ queryKey: ['journey', key], queryFn: () => ask(api.GET('/api/journeys/{key}', { params: { path: { key } } })), refetchInterval: 15_000 })

interface Props {
  stats: Schema<'StatsAnswer'> | undefined
  mode: Mode
  onMode(mode: Mode): void
}

export function TopBar({ stats, mode, onMode }: Props) {
  const { t } = useTranslation()
  const draft = useDraft()
  const journey = useJourney()
  const history = useDraftState((state) => state.history)
  const state = useJourneyState(draft.key)
  const approval = useApproval(draft.key).data
  const [publishing, setPublishing] = useState(false)
  return (
    <div className="bar">
      <Tooltip title={t('journeys.title')}>
        <Link to="/journeys" aria-label={t('journeys.title')}><Button type="text" icon={<LeftOutlined />} tabIndex={-1} /></Link>
      </Tooltip>
      <Input
        className="name" variant="borderless" aria-label={t('form.title')} value={journey.name ?? journey.key} title={journey.key}
        onChange={(typed) => draft.edit(({ name: _, ...rest }) => ({ ...rest, ...(typed.target.value.trim() ? { name: typed.target.value } : {}) }), 'name')}
      />
      {state.data && <StatusTag status={state.data.status} />}
      {state.data && state.data.version > 0 && <span className="state">v{state.data.version}</span>}
      {approval?.approval === 'required' && approval.request?.status !== 'rejected' && <ApprovalTag status={approval.request?.status} />}
      <SavingState />
      <span className="grow" />
      <Segmented<Mode> size="small" aria-label={t('mode.figures')} value={mode} onChange={onMode} options={(['edit', 'figures', 'person'] as const).map((one) => ({ value: one, label: t(`mode.${one}`) }))} />
      <span className="grow" />
      <Tooltip title={`${t('common.undo')} (Ctrl+Z)`}>
        <Button type="text" icon={<UndoOutlined />} aria-label={t('common.undo')} disabled={history.past.length === 0} onClick={() => draft.undo()} />
      </Tooltip>
      <Tooltip title={`${t('common.redo')} (Ctrl+Y)`}>
        <Button type="text" icon={<RedoOutlined />} aria-label={t('common.redo')} disabled={history.future.length === 0} onClick={() => draft.redo()} />
      </Tooltip>
      <Findings />
      {state.data && <Operate state={state.data} stats={stats} onChanged={(revision) => (draft.moved(revision), void state.refetch())} />}
      <Button type="primary" onClick={() => setPublishing(true)}>{t('publish.button')}</Button>
      {publishing && state.data && (
        <PublishSheet state={state.data} stats={stats} onClose={() => setPublishing(false)} onDone={() => void state.refetch()} />
      )}
    </div>
  )
}

function SavingState() {
  const { t } = useTranslation()
  const saving = useDraftState((state) => state.saving)
  const at = useDraftState((state) => state.savedAt)
  const told = saving === 'saved' ? (at ? t('draft.saved', { time: clock(at) }) : t('common.saved'))
    : saving === 'saving' ? t('draft.saving')
    : saving === 'offline' ? t('draft.offline')
    : saving === 'signed_out' ? t('draft.signedOut')
    : saving === 'conflict' ? t('draft.conflict')
    : t('draft.dirty')
  return <span className="state" role="status" data-saving={saving}>{told}</span>
}

function Findings() {
  const { t } = useTranslation()
  const draft = useDraft()
  const journey = useJourney()
  const findings = useDraftState((state) => state.findings)
  const [open, setOpen] = useState(false)
  const bad = hasErrors(findings)
  const named = (place: string) => {
    const step = journey.steps.find((one) => one.id === place)
    return step ? stepTitle(step, t) : place === '/trigger' ? t('canvas.start') : t('canvas.journey')
  }
  return (
    <Popover
      open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" title={t('canvas.findings')}
      content={
        <div style={{ width: 400, maxHeight: 420, overflow: 'auto' }}>
          {findings.length === 0 && t('canvas.noFindings')}
          {findings.map((finding, i) => {
            const place = placeOf(journey, finding)
            return (
              <div key={i} className="finding" role="button" tabIndex={0} onClick={() => (draft.select(place === 'journey' ? '/trigger' : place), setOpen(false))}>
                <ExclamationCircleOutlined style={{ color: finding.severity === 'error' ? '#d4380d' : '#d48806', marginTop: 4 }} />
                <div><b>{named(place)}</b> <code>{finding.code}</code><br />{findingText(finding)}</div>
              </div>
            )
          })}
        </div>
      }
    >
      <Button
        type="text" danger={bad} icon={findings.length === 0 ? <CheckCircleOutlined /> : <ExclamationCircleOutlined />}
        aria-label={`${t('canvas.findings')}: ${findings.length}`} data-findings={findings.length}
      >
        {findings.length || ''}
      </Button>
    </Popover>
  )
}
