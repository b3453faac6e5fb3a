import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { LookedList } from '../canvas/PersonPanel'
import { factText, lookedOf, reasonText } from '../sentence/facts'
import { JourneyLink } from './Names'

const refusals = new Set(['not_enrolled', 'message_suppressed', 'message_failed', 'stimulus_rejected', 'stuck'])

/** What a fact is called, with its code at hand. */
export function FactName({ kind }: { kind: string }) {
  const { t } = useTranslation()
  return <Tag color={refusals.has(kind) ? 'orange' : 'blue'} title={kind}>{factText(kind, t)}</Tag>
}

export function Reason({ code }: { code: string | null | undefined }) {
  const { t } = useTranslation()
  if (!code) return null
  const text = reasonText(code, t)
  return <span className="reason" title={code}>{text}{text !== code && <> <code>{code}</code></>}</span>
}

/** One fact in a line: what, where, and the reason; what it looked at folds out. */
export function FactLine({ fact }: { fact: Schema<'FactAnswer'> }) {
  const { looked: _, visit: _visit, ...rest } = (fact.details ?? {}) as Record<string, unknown>
  const looked = lookedOf(fact.details)
  const hasMore = Object.keys(rest).length + looked.length > 0
  const line = (
    <>
      <FactName kind={fact.kind} />
      {fact.journey && <JourneyLink of={fact.journey} search={`?view=person&contact=${fact.contact}${fact.ordinal ? `&passage=${fact.ordinal}` : ''}`} />}{fact.step && <> · {fact.step}</>}
      {fact.reason && <> · <Reason code={fact.reason} /></>}
    </>
  )
  if (!hasMore) return <div>{line}</div>
  return (
    <details>
      <summary>{line}</summary>
      <LookedList looked={looked} />
      {Object.keys(rest).length > 0 && <pre className="json content-preview">{JSON.stringify(rest, null, 2)}</pre>}
    </details>
  )
}
