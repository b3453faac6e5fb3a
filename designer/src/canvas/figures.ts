import type { Schema } from '../api/client'

/** What happened at a step so far, over all versions. */
export interface Figures {
  here: number
  past: number
  notSent: number
  reasons: string
}

// A step is passed when one of these facts says so; a name may have a reason behind a dot.
const passed = new Set(['wait_ended', 'branch_taken', 'variant_drawn', 'contact_updated', 'event_emitted', 'message_queued', 'call_answered', 'exited'])

export function figuresOf(stats: Schema<'StatsAnswer'> | undefined): Map<string, Figures> {
  const figures = new Map<string, Figures>()
  const at = (step: string) => {
    const known = figures.get(step) ?? { here: 0, past: 0, notSent: 0, reasons: '' }
    figures.set(step, known)
    return known
  }
  for (const one of stats?.steps ?? []) at(one.step).here += one.count
  for (const one of stats?.counters ?? []) {
    const [name, reason] = one.name.split('.')
    const step = at(one.step)
    if (passed.has(name!)) step.past += one.count
    if (name === 'message_suppressed') {
      step.notSent += one.count
      step.reasons += `${reason ?? ''} ${one.count}\n`
    }
  }
  return figures
}

export const total = (stats: Schema<'StatsAnswer'> | undefined, name: string) =>
  (stats?.counters ?? []).filter((one) => one.name === name || one.name.startsWith(`${name}.`)).reduce((sum, one) => sum + one.count, 0)

export const inside = (stats: Schema<'StatsAnswer'> | undefined) => (stats?.steps ?? []).reduce((sum, one) => sum + one.count, 0)
