import { useSyncExternalStore } from 'react'
import type { components } from '../api/schema'

export type Person = components['schemas']['SignedInAnswer']

/**
 * Who is signed in: a person, whose session is a cookie that no script reads, or an API key, kept in this tab only. When the server ends
 * it, what is on screen stays and asks again.
 */
interface Session {
  key: string | null
  person: Person | null
  /** Whether the server was asked who this browser is. */
  asked: boolean
  over: boolean
}
const kept = 'automation.key'
const listeners = new Set<() => void>()
const known = sessionStorage.getItem(kept)
let now: Session = { key: known, person: null, asked: known !== null, over: false }

function set(next: Session) {
  now = next
  for (const tell of listeners) tell()
}

export const session = {
  get key() {
    return now.key
  },
  get token() {
    return now.person?.csrf_token ?? null
  },
  get isOpen() {
    return now.key !== null || now.person !== null
  },
  open(key: string) {
    sessionStorage.setItem(kept, key)
    set({ key, person: null, asked: true, over: false })
  },
  enter(person: Person) {
    sessionStorage.removeItem(kept)
    set({ key: null, person, asked: true, over: false })
  },
  /** The browser may have a session from before: a reload, another tab. */
  async ask() {
    try {
      const answer = await fetch('/api/session', { credentials: 'same-origin' })
      if (answer.ok) return session.enter((await answer.json()) as Person)
    } catch {
      // The server is away: the sign-in page says so when it is used.
    }
    set({ ...now, asked: true })
  },
  expire() {
    if (session.isOpen && !now.over) set({ ...now, over: true })
  },
  async close() {
    const token = session.token
    sessionStorage.removeItem(kept)
    if (token) await fetch('/api/session', { method: 'DELETE', credentials: 'same-origin', headers: { 'X-CSRF-Token': token } }).catch(() => undefined)
    set({ key: null, person: null, asked: true, over: false })
  },
}

export const useSession = () => useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), () => now)

/** Whether what only admins may is shown; the server decides all the same. */
export const isAdmin = ({ key, person }: Pick<Session, 'key' | 'person'>) => person?.role === 'admin' || Boolean(key?.startsWith('am_admin_'))
