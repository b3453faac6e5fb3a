import type { Journey } from './journey'
import { parseDuration } from './duration'
import { outputs } from './links'

const day = 86_400

/** The most messages that one person can be sent within a day of entering; waits take their time, other ways are the worse one. */
export function sendsOfFirstDay(journey: Journey): number {
  const byId = new Map(journey.steps.map((step) => [step.id, step]))
  const most = (id: string | undefined, spent: number, seen: ReadonlySet<string>): number => {
    const step = id === undefined ? undefined : byId.get(id)
    if (!step || seen.has(step.id)) return 0
    const took = step.type === 'wait' ? (parseDuration(step.for ?? '0s') ?? 0) : 0
    // Something that is waited for may come at once.
    if (spent + took >= day) return 0
    const own = step.type === 'send' ? 1 + (step.fallback ?? []).filter((one) => spent + (parseDuration(one.after) ?? 0) < day).length : 0
    const next = new Set(seen).add(step.id)
    return own + Math.max(0, ...outputs(step).map((one) => most(one.to, spent + took, next)))
  }
  return most(journey.steps[0]?.id, 0, new Set())
}
