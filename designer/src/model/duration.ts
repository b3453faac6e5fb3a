/** Durations as documents hold them: 15m, 24h, 30d, 1d12h, -3d. */
const units: [unit: string, seconds: number][] = [['w', 604_800], ['d', 86_400], ['h', 3_600], ['m', 60], ['s', 1]]
const shape = /^(-?)(?=\d)(?:(\d{1,9})w)?(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/
const daysMax = 3_660

export type Unit = 'd' | 'h' | 'm' | 's'

/** Seconds, or null where the text is no duration. */
export function parseDuration(text: string): number | null {
  const match = shape.exec(text)
  if (!match) return null
  const seconds = units.reduce((sum, [, size], i) => sum + Number(match[i + 2] ?? 0) * size, 0)
  if (seconds > daysMax * 86_400) return null
  return match[1] && seconds ? -seconds : seconds
}

/** The largest unit that divides it, as the engine writes it: 24h becomes 1d, 36h stays. */
export function splitDuration(seconds: number): { amount: number; unit: Unit } {
  for (const [unit, size] of units.slice(1)) {
    if (seconds !== 0 && seconds % size === 0) return { amount: seconds / size, unit: unit as Unit }
  }
  return { amount: 0, unit: 's' }
}

export const writeDuration = (seconds: number) => {
  const { amount, unit } = splitDuration(seconds)
  return `${amount}${unit}`
}

/** The one way to write it; what is no duration stays as it is, for lint to tell. */
export function canonicalDuration(text: string): string {
  const seconds = parseDuration(text)
  return seconds === null ? text : writeDuration(seconds)
}
