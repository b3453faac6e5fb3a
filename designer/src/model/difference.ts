import type { Journey, Step } from './journey'
import { writeJson, type Json } from './json'

export interface Difference {
  steps: { step: Step; how: 'added' | 'removed' | 'changed' }[]
  /** Which other parts differ. */
  parts: ('name' | 'trigger' | 'entry' | 'exit' | 'goal')[]
}

const same = (a: unknown, b: unknown) => writeJson((a ?? null) as Json, null) === writeJson((b ?? null) as Json, null)

/** What a person would say has changed from one document to another. */
export function difference(now: Journey, before: Journey): Difference {
  const old = new Map(before.steps.map((step) => [step.id, step]))
  const fresh = new Set(now.steps.map((step) => step.id))
  return {
    steps: [
      ...now.steps.flatMap((step): Difference['steps'] => {
        const known = old.get(step.id)
        return known ? (same(step, known) ? [] : [{ step, how: 'changed' }]) : [{ step, how: 'added' }]
      }),
      ...before.steps.filter((step) => !fresh.has(step.id)).map((step) => ({ step, how: 'removed' as const })),
    ],
    parts: (['name', 'trigger', 'entry', 'exit', 'goal'] as const).filter((part) => !same(now[part], before[part])),
  }
}
