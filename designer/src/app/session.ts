import { useSyncExternalStore } from 'react'

/** Who is signed in: an API key, kept in this tab only. When the server refuses it, what is on screen stays and asks for it again. */
interface Session {
  key: string | null
  over: boolean
}
const kept = 'automation.key'
const listeners = new Set<() => void>()
let now: Session = { key: sessionStorage.getItem(kept), over: false }

function set(next: Session) {
  now = next
  for (const tell of listeners) tell()
}

export const session = {
  get key() {
    return now.key
  },
  open(key: string) {
    sessionStorage.setItem(kept, key)
    set({ key, over: false })
  },
  expire() {
    if (now.key && !now.over) set({ ...now, over: true })
  },
  close() {
    sessionStorage.removeItem(kept)
    set({ key: null, over: false })
  },
}

export const useSession = () => useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), () => now)
