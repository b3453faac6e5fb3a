import { Button, Empty, Table, Tag } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schema } from '../api/client'
import { usePeople } from '../api/queries'
import { Failure } from '../app/parts'
import { count, moment, percent } from '../i18n'
import { rootId } from '../layout/layout'
import { factText, reasonText } from '../sentence/facts'
import { stepTitle } from '../sentence/sentence'
import { useDraft, useDraftState, useJourney } from './draft'
import { inside, total } from './figures'

type Stats = Schema<'StatsAnswer'> | undefined

/** Figures of the chosen step, or of the whole journey: how many, why not, and who. */
export function StepPeople({ stats, onPerson }: { stats: Stats; onPerson(contact: number, ordinal: number): void }) {
  const { t } = useTranslation()
  const journey = useJourney()
  const selected = useDraftState((state) => state.selected)
  const step = journey.steps.find((one) => selected.size === 1 && selected.has(one.id))
  return (
    <aside className="drawer" aria-label={t('mode.figures')}>
      <div className="drawer-head"><span style={{ flex: 1 }}>{step ? stepTitle(step, t) : t('mode.figures')}</span></div>
      {step ? <AtStep key={step.id} step={step.id} stats={stats} onPerson={onPerson} /> : <Whole stats={stats} />}
    </aside>
  )
}

/** A figure that leads to the facts it counts. */
function Count({ label, value, to, children }: { label: ReactNode; value: number; to?: string; children?: ReactNode }) {
  return <div className="figure"><dt>{label}</dt><dd>{to && value > 0 ? <Link to={to}>{count(value)}</Link> : count(value)} {children}</dd></div>
}

function Whole({ stats }: { stats: Stats }) {
  const { t } = useTranslation()
  const { key } = useDraft()
  const entered = total(stats, 'enrolled')
  const link = (kind: string, reason?: string) => `/ledger?journey=${key}&kind=${kind}${reason ? `&reason=${reason}` : ''}`
  const share = (value: number) => (entered > 0 ? t('people.rate', { percent: percent(value / entered) }) : '')
  const reasons = reasonsOf(stats, rootId, 'not_enrolled')
  if (!stats || stats.counters.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('people.nothing')} />
  return (
    <>
      <dl className="figures">
        <Count label={t('people.entered')} value={entered} to={link('enrolled')} />
        <Count label={t('people.here')} value={inside(stats)} />
        <Count label={t('people.ended')} value={total(stats, 'completed')} to={link('completed')} />
        <Count label={t('people.left')} value={total(stats, 'exited')} to={link('exited')} />
        <Count label={t('people.goal')} value={total(stats, 'goal_reached')} to={link('goal_reached')}><small className="soft">{share(total(stats, 'goal_reached'))}</small></Count>
        <Count label={t('people.missed')} value={total(stats, 'goal_missed')} to={link('goal_missed')} />
      </dl>
      {reasons.length > 0 && (
        <>
          <h3>{t('people.notEntered')}</h3>
          <dl className="figures">{reasons.map(([reason, many]) => <Count key={reason} label={<span title={reason}>{reasonText(reason, t)}</span>} value={many} to={link('not_enrolled', reason)} />)}</dl>
        </>
      )}
    </>
  )
}

function AtStep({ step, stats, onPerson }: { step: string; stats: Stats; onPerson(contact: number, ordinal: number): void }) {
  const { t } = useTranslation()
  const { key } = useDraft()
  const own = sums(stats, step)
  const reasons = reasonsOf(stats, step, 'message_suppressed')
  const link = (kind: string, reason?: string) => `/ledger?journey=${key}&step=${encodeURIComponent(step)}&kind=${kind}${reason ? `&reason=${reason}` : ''}`
  return (
    <>
      {own.length > 0 && <dl className="figures">{own.map(([kind, many]) => <Count key={kind} label={<span title={kind}>{factText(kind, t)}</span>} value={many} to={link(kind)} />)}</dl>}
      {reasons.length > 0 && (
        <>
          <h3>{t('people.notSent')}</h3>
          <dl className="figures">{reasons.map(([reason, many]) => <Count key={reason} label={<span title={reason}>{reasonText(reason, t)}</span>} value={many} to={link('message_suppressed', reason)} />)}</dl>
        </>
      )}
      <h3>{t('people.here')}</h3>
      <Here step={step} onPerson={onPerson} />
    </>
  )
}

function Here({ step, onPerson }: { step: string; onPerson(contact: number, ordinal: number): void }) {
  const { t } = useTranslation()
  const { key } = useDraft()
  const people = usePeople(key, step)
  const rows = people.data?.pages.flatMap((page) => page.people) ?? []
  if (people.error) return <Failure wrong={people.error} again={() => void people.refetch()} />
  return (
    <>
      <Table
        size="small" rowKey={(one) => `${one.contact}.${one.ordinal}`} pagination={false} loading={people.isPending} dataSource={rows} locale={{ emptyText: t('people.nobody') }}
        columns={[
          { title: t('people.who'), render: (_, one) => <><Button type="link" size="small" style={{ padding: 0 }} onClick={() => onPerson(one.contact, one.ordinal)}>{one.contact}</Button> <span className="key">v{one.version}</span></> },
          { title: t('people.since'), render: (_, one) => moment(one.since) },
          { title: t('people.leaves'), render: (_, one) => (one.status === 'stuck' ? <Tag color="error">{t('people.stuck')}</Tag> : one.held ? <Tag color="warning">{t('contacts.held')}</Tag> : one.wake_at ? moment(one.wake_at) : <span className="soft">{t('people.byEvent')}</span>) },
        ]}
      />
      {people.hasNextPage && <Button size="small" style={{ marginTop: 8 }} loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>{t('common.more')}</Button>}
    </>
  )
}

/** What happened at a step, by kind, over all versions. */
function sums(stats: Stats, step: string): [string, number][] {
  const all = new Map<string, number>()
  for (const one of stats?.counters ?? []) {
    if (one.step !== step) continue
    const kind = one.name.split('.')[0]!
    all.set(kind, (all.get(kind) ?? 0) + one.count)
  }
  return [...all]
}

function reasonsOf(stats: Stats, step: string, kind: string): [string, number][] {
  const all = new Map<string, number>()
  for (const one of stats?.counters ?? []) {
    const [name, reason] = one.name.split('.')
    if (name === kind && reason && (one.step === step || (step === rootId && !one.step))) all.set(reason, (all.get(reason) ?? 0) + one.count)
  }
  return [...all].sort((a, b) => b[1] - a[1])
}
