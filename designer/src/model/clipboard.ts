import { freshId, insert } from './commands'
import type { Journey, Step } from './journey'
import { relink, type Port } from './links'
import { isObject, parseJson, writeJson, type JsonObject } from './json'

/** Steps as text, so that they can be pasted into another journey, window or chat. */
export const copySteps = (journey: Journey, ids: ReadonlySet<string>): string =>
  writeJson({ automation: 'steps', steps: journey.steps.filter((step) => ids.has(step.id)) as unknown as JsonObject[] })

export function readSteps(text: string): Step[] | null {
  try {
    const value = parseJson(text)
    if (!isObject(value) || value.automation !== 'steps' || !Array.isArray(value.steps)) return null
    const steps = value.steps.filter((step) => isObject(step) && typeof step.id === 'string' && typeof step.type === 'string')
    return steps.length > 0 ? (steps as unknown as Step[]) : null
  } catch {
    return null
  }
}

/** Puts copied steps on an edge under new ids; links among them stay, others are cut and lead on. */
export function paste(journey: Journey, port: Port, copied: Step[]): { journey: Journey; added: string[] } {
  const ids = new Map<string, string>()
  const taken = journey.steps.map((step) => step.id)
  for (const step of copied) ids.set(step.id, freshId([...taken, ...ids.values()], step.id))
  const added = copied.map((step) => relink({ ...step, id: ids.get(step.id)! }, (to) => (to === undefined ? undefined : ids.get(to))))
  return { journey: insert(journey, port, chained(added)), added: added.map((step) => step.id) }
}

// Steps copied from different places would not hang together: each that nobody leads to follows on the one before.
function chained(steps: Step[]): Step[] {
  const aimed = new Set<string>()
  for (const step of steps) relink(step, (to) => (to !== undefined && aimed.add(to), to))
  const heads = steps.filter((step, i) => i > 0 && !aimed.has(step.id)).map((step) => step.id)
  return steps.map((step, i) => {
    const follows = steps[i + 1]?.id
    return follows !== undefined && heads.includes(follows) ? relink(step, (to) => to ?? follows) : step
  })
}
