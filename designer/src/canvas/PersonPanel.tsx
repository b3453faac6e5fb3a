import { Alert, Empty, Select, Spin, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Failure } from '../app/parts'
import { moment } from '../i18n/times'
import type { FactSeen } from '../model/path'
import { factText, lookedOf, lookedText, reasonText, type Looked } from '../sentence/facts'
import { stepTitle } from '../sentence/sentence'
import { PersonField } from '../templates/PersonField'
import { useDraftState, useJourney } from './draft'
import type { View, Walk } from './view'

/** One person's way: when they came to a step, and what decided there. */
export function PersonPanel({ view, walk, onView }: { view: View; walk: Walk; onView(next: Partial<View>): void }) {
  const { t } = useTranslation()
  const journey = useJourney()
  const selected = useDraftState((state) => state.selected)
  const { shown } = walk
  const step = journey.steps.find((one) => selected.size === 1 && selected.has(one.id))
  const facts = (shown?.facts ?? []).filter((fact) => !step || fact.step === step.id)
  return (
    <aside className="drawer" aria-label={t('mode.person')}>
      <div className="drawer-head"><span style={{ flex: 1 }}>{t('mode.person')}</span></div>
      <PersonField label={t('person.choose')} width="100%" value={view.contact} onChange={(contact) => onView({ contact, passage: null })} />
      {view.contact !== null && <p><Link to={`/contacts/${view.contact}`}>{t('person.open')}</Link></p>}
      <Failure wrong={walk.error} />
      {view.contact === null && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('person.choose')} />}
      {view.contact !== null && walk.isPending && <Spin />}
      {view.contact !== null && !walk.isPending && walk.all.length === 0 && <Alert type="info" showIcon title={t('person.none')} />}
      {walk.all.length > 1 && (
        <Select
          style={{ width: '100%', marginBottom: 12 }} aria-label={t('person.passage', { n: '' })} value={shown?.ordinal} onChange={(passage: number) => onView({ passage })}
          options={walk.all.map((one, i) => ({ value: one.ordinal, label: `${t('person.passage', { n: i + 1 })} · ${moment(one.facts[0]!.at)}` }))}
        />
      )}
      {walk.refusals.map((one) => <p key={one.at} className="soft">{moment(one.at)} · {t('person.why', { reason: reasonText(one.reason, t) })}</p>)}
      {shown && (
        <>
          <p className="soft">{t('person.hint')}</p>
          <h3>{step ? stepTitle(step, t) : t('person.decided')}</h3>
          {facts.length === 0 && <p className="soft">{t('person.never')}</p>}
          <ol className="facts">{facts.map((fact) => <FactItem key={fact.sequence} fact={fact} isBrief={Boolean(step)} />)}</ol>
        </>
      )}
    </aside>
  )
}

function FactItem({ fact, isBrief }: { fact: FactSeen; isBrief: boolean }) {
  const { t } = useTranslation()
  const draw = (fact.details ?? {}) as { branch?: string; variant?: string; until?: string; channel?: string; template?: string }
  const more = [draw.branch, draw.variant, draw.template].filter(Boolean).join(' · ')
  return (
    <li>
      <span className="key">{moment(fact.at)}</span>
      <div><b title={fact.kind}>{factText(fact.kind, t)}</b>{more && <> · {more}</>}{!isBrief && fact.step && <span className="soft"> · {fact.step}</span>}</div>
      {fact.reason && <Tag color="orange" title={fact.reason}>{reasonText(fact.reason, t)}</Tag>}
      {draw.until && <div className="soft">{t(fact.kind === 'goal_watched' ? 'person.until' : 'person.leaves', { time: moment(draw.until) })}</div>}
      <LookedList looked={lookedOf(fact.details)} />
    </li>
  )
}

export function LookedList({ looked }: { looked: Looked[] }) {
  const { t } = useTranslation()
  if (looked.length === 0) return null
  return <ul className="looked">{looked.map((one, i) => <li key={i} className={one.matched ? 'met' : 'unmet'}>{lookedText(one, t)}</li>)}</ul>
}
