import type { Journey } from './journey'
import { outputs, portId } from './links'

/** One person's way through a journey, from the facts about them. Which edges they took and what decided at each step. */
export interface FactSeen {
  sequence: number
  at: string
  step?: string | null
  ordinal?: number | null
  kind: string
  reason?: string | null
  details?: unknown
}
export interface Passage {
  ordinal: number
  facts: FactSeen[]
  /** Steps in the order in which they were come to. */
  steps: string[]
  /** Edges as the canvas names them. */
  ways: Set<string>
  ended: 'completed' | 'exited' | null
}

/** Facts, oldest first, by passage. A step counts as come to with its first fact. */
export function passages(journey: Journey, facts: FactSeen[]): Passage[] {
  const byOrdinal = new Map<number, FactSeen[]>()
  for (const fact of facts) {
    if (fact.ordinal === undefined || fact.ordinal === null) continue
    byOrdinal.set(fact.ordinal, [...(byOrdinal.get(fact.ordinal) ?? []), fact])
  }
  return [...byOrdinal].map(([ordinal, own]): Passage => {
    const steps: string[] = []
    for (const fact of own) if (fact.step && steps.at(-1) !== fact.step) steps.push(fact.step)
    const last = own.find((fact) => fact.kind === 'completed' || fact.kind === 'exited')
    return { ordinal, facts: own, steps, ways: waysOf(journey, steps, own), ended: last ? (last.kind as Passage['ended']) : null }
  }).filter((one) => one.steps.length > 0 || one.facts.some((fact) => fact.kind === 'enrolled'))
}

function waysOf(journey: Journey, steps: string[], facts: FactSeen[]): Set<string> {
  const ways = new Set<string>()
  const byId = new Map(journey.steps.map((step) => [step.id, step]))
  if (steps.length > 0) ways.add('/start')
  steps.forEach((id, i) => {
    const step = byId.get(id)
    if (!step) return
    const next = steps[i + 1]
    const outs = outputs(step)
    const taken = takenBranch(facts, id)
    const named = outs.filter((one) => one.slot === taken || (one.name !== undefined && one.name === taken))
    const fits = named.length > 0 ? named : outs.filter((one) => one.to !== undefined && one.to === next)
    // Several edges to one step and no word on which: the first is as good as any.
    const way = fits[0] ?? (next === undefined ? undefined : outs.find((one) => one.to === next))
    if (way) ways.add(portId(way))
  })
  return ways
}

function takenBranch(facts: FactSeen[], step: string): string | undefined {
  const fact = facts.findLast((one) => one.step === step && (one.kind === 'branch_taken' || one.kind === 'variant_drawn' || one.kind === 'wait_ended'))
  const details = (fact?.details ?? {}) as { branch?: string; variant?: string; by?: string }
  // A wait that was ended by time has one way only; a wait for an event has one for each.
  if (fact?.kind === 'wait_ended') return details.by === 'time' ? 'otherwise' : 'next'
  return details.branch ?? details.variant
}
