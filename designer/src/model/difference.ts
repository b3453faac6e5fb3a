import type { Journey, Step } from './journey'
import { isObject, writeJson, type Json } from './json'

export interface Difference {
  steps: StepDifference[]
  /** Which other parts differ. */
  parts: ('name' | 'trigger' | 'entry' | 'exit' | 'goal')[]
}
export interface StepDifference {
  step: Step
  how: 'added' | 'removed' | 'changed'
  /** The step as it was, where it changed. */
  was?: Step
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
        return known ? (same(step, known) ? [] : [{ step, how: 'changed', was: known }]) : [{ step, how: 'added' }]
      }),
      ...before.steps.filter((step) => !fresh.has(step.id)).map((step) => ({ step, how: 'removed' as const })),
    ],
    parts: (['name', 'trigger', 'entry', 'exit', 'goal'] as const).filter((part) => !same(now[part], before[part])),
  }
}

/** The templates that a step's messages are made from, as `channel/template`. */
export const messagesOf = (step: Step): string[] =>
  step.type === 'send' ? [step, ...(step.fallback ?? [])].filter((one) => one.template).map((one) => one.template) : []

export interface TextChange {
  /** Where in the content: `text`, `data.thing1`. */
  field: string
  before: string | undefined
  after: string | undefined
}

/** Which texts of a message differ. */
export function textChanges(before: Json | undefined, after: Json | undefined): TextChange[] {
  const [old, fresh] = [new Map(texts(before)), new Map(texts(after))]
  return [...new Set([...old.keys(), ...fresh.keys()])].filter((field) => old.get(field) !== fresh.get(field))
    .map((field) => ({ field, before: old.get(field), after: fresh.get(field) }))
}

function texts(content: Json | undefined, path = ''): [string, string][] {
  if (content === undefined || content === null) return []
  if (isObject(content)) return Object.entries(content).flatMap(([name, inner]) => texts(inner as Json, path ? `${path}.${name}` : name))
  return [[path, typeof content === 'string' ? content : writeJson(content, null)]]
}
