import { useSyncExternalStore } from 'react'
import { locale } from './index'

/**
 * One rule for times on all pages: they are the workspace's, whatever zone the browser is in, as the command line has it too.
 * A contact's own zone is named where it matters.
 */
const listeners = new Set<() => void>()
let zone: string | undefined

export const isZone = (name: unknown): name is string => {
  if (typeof name !== 'string' || name === '') return false
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

export function chooseZone(name: string | undefined) {
  const next = isZone(name) ? name : undefined
  if (next === zone) return
  zone = next
  for (const tell of listeners) tell()
}

/** The workspace's zone; the browser's own until it is known. */
export const zoneNow = () => zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
export const useZone = () => useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), zoneNow)

/** `GMT+8`. */
export const offsetOf = (name: string) =>
  new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'shortOffset' }).formatToParts(new Date()).find((part) => part.type === 'timeZoneName')?.value ?? ''

const day = { year: 'numeric', month: 'short', day: 'numeric' } as const
const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const

/** A moment, to the second. */
export const moment = (at: string | null | undefined, timeZone = zoneNow()) => (at ? new Date(at).toLocaleString(locale(), { ...day, ...time, timeZone }) : '')
/** The day of a moment, where the hour says nothing. */
export const dayOf = (at: string) => new Date(at).toLocaleDateString(locale(), { ...day, timeZone: zoneNow() })
export const clock = (at: Date) => at.toLocaleTimeString(locale(), { ...time, timeZone: zoneNow() })

/** What the clock on somebody's wall says at a moment. */
export const clockIn = (timeZone: string, at = new Date()) => at.toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone })

/** A day of the calendar, which belongs to no zone. */
export const dayText = (iso: string) => new Date(`${iso}T00:00:00Z`).toLocaleDateString(locale(), { month: 'short', day: 'numeric', timeZone: 'UTC' })

const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
/** Values of decisions hold moments as the engine writes them; people read them as all others. */
export const readable = (value: string) => (isInstant.test(value) ? moment(value) : value)
