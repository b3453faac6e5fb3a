import type { Schema } from '../api/client'
import type { Step } from '../model/journey'

type Stats = Schema<'StatsAnswer'> | undefined

/** How many messages a gate refused for one reason, and what came of it. */
export interface Refusal {
  reason: string
  refused: number
  /** Another way of the same step was tried at once. */
  another: number
  /** It was the last way: the contact went on without a message. */
  nothing: number
}

/** What happened at a step so far, over all versions. Who came is here, or went on, or left the journey here: the three add up. */
export interface Figures {
  reached: number
  here: number
  past: number
  left: number
  /** Of those who went on from a send: to whom nothing was sent, by any of its ways. */
  notSent: number
  refusals: Refusal[]
}

const nothing = (): Figures => ({ reached: 0, here: 0, past: 0, left: 0, notSent: 0, refusals: [] })

export function figuresOf(stats: Stats, steps: Step[]): Map<string, Figures> {
  const figures = new Map<string, Figures>()
  const refusals = new Map<string, Map<string, Refusal>>()
  const exits = new Set(steps.filter((step) => step.type === 'exit').map((step) => step.id))
  const at = (step: string) => getOr(figures, step, nothing)
  const refusal = (step: string, reason: string) => getOr(getOr(refusals, step, () => new Map<string, Refusal>()), reason, () => ({ reason, refused: 0, another: 0, nothing: 0 }))
  for (const one of stats?.steps ?? []) at(one.step).here += one.count
  for (const { step, name, count } of stats?.counters ?? []) {
    if (!step) continue
    const [kind, reason = ''] = splitName(name)
    if (kind === 'reached') at(step).reached += count
    // The end is what an end step is for, so whoever comes to it has passed it.
    else if (kind === 'exited' && !exits.has(step)) at(step).left += count
    else if (kind === 'message_suppressed') refusal(step, reason).refused += count
    else if (kind === 'fallback_started') refusal(step, reason).another += count
  }
  for (const [step, own] of figures) {
    own.past = Math.max(0, own.reached - own.here - own.left)
    // A way is left for another also where it failed or took too long; only what a gate refused is a refusal.
    own.refusals = [...(refusals.get(step)?.values() ?? [])].filter((one) => one.refused > 0)
      .map((one) => ({ ...one, another: Math.min(one.another, one.refused), nothing: Math.max(0, one.refused - one.another) }))
      .sort((a, b) => b.refused - a.refused)
    own.notSent = own.refusals.reduce((sum, one) => sum + one.nothing, 0)
  }
  return figures
}

/** A name may have its reason behind a dot. */
export function splitName(name: string): [kind: string, reason?: string] {
  const dot = name.indexOf('.')
  return dot < 0 ? [name] : [name.slice(0, dot), name.slice(dot + 1)]
}

function getOr<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key) ?? make()
  map.set(key, known)
  return known
}

export const total = (stats: Stats, name: string) =>
  (stats?.counters ?? []).filter((one) => one.name === name || one.name.startsWith(`${name}.`)).reduce((sum, one) => sum + one.count, 0)

export const inside = (stats: Stats) => (stats?.steps ?? []).reduce((sum, one) => sum + one.count, 0)

/** Who entered the journey and did not come to a step: still before it, gone before it, or on another way. */
export interface Missing {
  all: number
  before: number
  gone: number
  elsewhere: number
}

export function missingAt(stats: Stats, step: string, ahead: ReadonlySet<string>, figures: ReadonlyMap<string, Figures>): Missing {
  const all = Math.max(0, total(stats, 'enrolled') - (figures.get(step)?.reached ?? 0))
  let [before, gone] = [0, 0]
  for (const [id, own] of figures) {
    if (!ahead.has(id)) continue
    before += own.here
    gone += own.left
  }
  before = Math.min(before, all)
  gone = Math.min(gone, all - before)
  return { all, before, gone, elsewhere: all - before - gone }
}
