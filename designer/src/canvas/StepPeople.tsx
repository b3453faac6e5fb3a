import { Button, Empty, Table, Tag } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schema } from '../api/client'
import { usePeople } from '../api/queries'
import { Failure } from '../app/parts'
import { count, percent } from '../i18n'
import { moment } from '../i18n/times'
import { factText, reasonText } from '../sentence/facts'
import { stepTitle } from '../sentence/sentence'
import { useDraft, useDraftState, useJourney } from './draft'
import { ahead } from '../model/links'
import { figuresOf, inside, missingAt, splitName, total, type Figures } from './figures'

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
  const reasons = refusedEntries(stats)
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
  const journey = useJourney()
  const all = figuresOf(stats, journey.steps)
  const own = all.get(step)
  const kinds = sums(stats, step)
  const link = (kind: string, reason?: string) => `/ledger?journey=${key}&step=${encodeURIComponent(step)}&kind=${kind}${reason ? `&reason=${encodeURIComponent(reason)}` : ''}`
  const missing = missingAt(stats, step, ahead(journey.steps, step), all)
  return (
    <>
      <dl className="figures sum">
        <Count label={t('people.reached')} value={own?.reached ?? 0} />
        <Count label={t('people.hereNow')} value={own?.here ?? 0} />
        <Count label={t('people.passed')} value={own?.past ?? 0} />
        {(own?.left ?? 0) > 0 && <Count label={t('people.leftHere')} value={own!.left} to={link('exited')} />}
      </dl>
      {own && own.refusals.length > 0 && <Refusals own={own} link={link} />}
      {missing.all > 0 && (
        <>
          <h3>{t('people.notCome')}</h3>
          <dl className="figures sum">
            <Count label={t('people.notComeAll')} value={missing.all} />
            <Count label={t('people.notComeBefore')} value={missing.before} />
            <Count label={t('people.notComeGone')} value={missing.gone} />
            <Count label={t('people.notComeElsewhere')} value={missing.elsewhere} />
          </dl>
        </>
      )}
      <h3>{t('people.here')}</h3>
      <Here step={step} onPerson={onPerson} />
      {kinds.length > 0 && (
        <details className="all-facts">
          <summary>{t('people.facts')}</summary>
          <dl className="figures">{kinds.map(([kind, many]) => <Count key={kind} label={<span title={kind}>{factText(kind, t)}</span>} value={many} to={link(kind)} />)}</dl>
        </details>
      )}
    </>
  )
}

/** Why messages were refused here, and for how many that was the last word. */
function Refusals({ own, link }: { own: Figures; link(kind: string, reason?: string): string }) {
  const { t } = useTranslation()
  return (
    <>
      <h3>{t('people.notSent')}</h3>
      <dl className="figures">
        {own.refusals.map((one) => (
          <Count key={one.reason} label={<span title={one.reason}>{reasonText(one.reason, t)}</span>} value={one.refused} to={link('message_suppressed', one.reason)}>
            {one.another > 0 && <small className="soft">{t('people.another', { count: one.another })}{one.nothing > 0 && <> · {t('people.nothingSent', { count: one.nothing })}</>}</small>}
          </Count>
        ))}
      </dl>
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
    const [kind] = splitName(one.name)
    if (one.step !== step || kind === 'reached') continue
    all.set(kind, (all.get(kind) ?? 0) + one.count)
  }
  return [...all]
}

/** Why people did not enter, the most frequent first. */
function refusedEntries(stats: Stats): [string, number][] {
  const all = new Map<string, number>()
  for (const one of stats?.counters ?? []) {
    const [kind, reason] = splitName(one.name)
    if (kind === 'not_enrolled' && reason && !one.step) all.set(reason, (all.get(reason) ?? 0) + one.count)
  }
  return [...all].sort((a, b) => b[1] - a[1])
}
