/** How long something takes, in the one unit that people would say. */
export type Unit = 'seconds' | 'minutes' | 'hoursShort' | 'days'

export function spanOf(seconds: number): { unit: Unit; count: number } {
  if (seconds < 90) return { unit: 'seconds', count: Math.round(seconds) }
  if (seconds < 90 * 60) return { unit: 'minutes', count: Math.round(seconds / 60) }
  if (seconds < 48 * 3600) return { unit: 'hoursShort', count: Math.round(seconds / 3600) }
  return { unit: 'days', count: Math.round(seconds / 86_400) }
}
