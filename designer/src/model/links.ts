import type { Journey, OnFailure, Step } from './journey'

/**
 * Where a step goes on. A slot names the place in the document: `next`, `otherwise`, `branches/0`, `variants/1`, `on_failure`.
 * The start of the journey is the slot of no step.
 */
export interface Port {
  step: string | null
  slot: string
}
export interface Output extends Port {
  to: string | undefined
  /** What stands on the edge: the branch's or variant's name. */
  name?: string
  share?: number
  holdout?: boolean
}

export const start: Port = { step: null, slot: 'start' }
export const portId = (port: Port) => `${port.step ?? ''}/${port.slot}`

const failureOf = (policy: OnFailure | undefined) => (typeof policy === 'object' ? policy.next : undefined)

/** The outputs of a step, in the order in which they are drawn. */
export function outputs(step: Step): Output[] {
  const out = (slot: string, to: string | undefined, more: Partial<Output> = {}): Output => ({ step: step.id, slot, to, ...more })
  switch (step.type) {
    case 'branch':
      return [
        ...(step.branches ?? []).map((one, i) => out(`branches/${i}`, one.next, { name: one.name })),
        out('otherwise', step.otherwise),
      ]
    case 'split': {
      const sum = (step.variants ?? []).reduce((total, one) => total + (Number(one.weight) || 0), 0)
      return (step.variants ?? []).map((one, i) =>
        out(`variants/${i}`, one.next, { name: one.name, share: sum > 0 ? one.weight / sum : 0, holdout: one.holdout ?? false }))
    }
    case 'wait_for':
      return [out('next', step.next), out('otherwise', step.otherwise)]
    case 'send':
    case 'call': {
      const failure = failureOf(step.on_failure)
      return failure === undefined ? [out('next', step.next)] : [out('next', step.next), out('on_failure', failure)]
    }
    case 'wait':
    case 'update':
    case 'emit':
      return [out('next', step.next)]
    default:
      return []
  }
}

/** The step with one output pointed elsewhere; undefined ends there. */
export function redirect(step: Step, slot: string, to: string | undefined): Step {
  const [list, index] = slot.split('/')
  const aim = <T extends { next?: string }>(items: T[]) => items.map((one, i) => (i === Number(index) ? withNext(one, to) : one))
  if (list === 'branches' && step.type === 'branch') return { ...step, branches: aim(step.branches) }
  if (list === 'variants' && step.type === 'split') return { ...step, variants: aim(step.variants) }
  if (slot === 'otherwise' && (step.type === 'branch' || step.type === 'wait_for')) {
    const { otherwise: _, ...rest } = step
    return to === undefined ? rest : { ...rest, otherwise: to }
  }
  if (slot === 'on_failure' && (step.type === 'send' || step.type === 'call')) {
    const { on_failure: _, ...rest } = step
    return to === undefined ? rest : { ...rest, on_failure: { next: to } }
  }
  return slot === 'next' && step.type !== 'branch' && step.type !== 'split' && step.type !== 'exit' ? withNext(step, to) : step
}

function withNext<T extends { next?: string }>(item: T, to: string | undefined): T {
  const { next: _, ...rest } = item
  return (to === undefined ? rest : { ...rest, next: to }) as T
}

/** All outputs redirected by a function: for renaming, removing and pasting. */
export const relink = (step: Step, to: (old: string | undefined, slot: string) => string | undefined): Step =>
  outputs(step).reduce((changed, one) => {
    const now = to(one.to, one.slot)
    return now === one.to ? changed : redirect(changed, one.slot, now)
  }, step)

/** Steps from which a way leads to this one and to which none leads back from it. */
export function ahead(steps: Step[], id: string): Set<string> {
  const back = new Map<string, string[]>()
  for (const step of steps) for (const one of outputs(step)) if (one.to !== undefined) back.set(one.to, [...(back.get(one.to) ?? []), step.id])
  const before = new Set<string>()
  const left = [...(back.get(id) ?? [])]
  while (left.length > 0) {
    const next = left.pop()!
    if (before.has(next)) continue
    before.add(next)
    left.push(...(back.get(next) ?? []))
  }
  for (const after of reachable(steps, id)) before.delete(after)
  return before
}

/** Steps that a contact can come to, from the first one or from another. */
export function reachable(steps: Step[], from: string | undefined = steps[0]?.id): Set<string> {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const seen = new Set<string>()
  const left = from === undefined ? [] : [from]
  while (left.length > 0) {
    const step = byId.get(left.pop()!)
    if (!step || seen.has(step.id)) continue
    seen.add(step.id)
    left.push(...outputs(step).flatMap((one) => (one.to === undefined ? [] : [one.to])))
  }
  return seen
}

export const targetOf = (journey: Journey, port: Port): string | undefined => {
  if (port.step === null) return journey.steps[0]?.id
  const step = journey.steps.find((one) => one.id === port.step)
  return step && outputs(step).find((one) => one.slot === port.slot)?.to
}
