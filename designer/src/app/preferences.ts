import { useSyncExternalStore } from 'react'

/** Light or dark: what the system says, until somebody chooses. */
const kept = 'automation.dark'
const listeners = new Set<() => void>()
const system = matchMedia('(prefers-color-scheme: dark)')

const isDark = () => {
  const known = localStorage.getItem(kept)
  return known === null ? system.matches : known === 'true'
}
const show = () => {
  document.documentElement.dataset.theme = isDark() ? 'dark' : 'light'
}
show()
system.addEventListener('change', () => {
  show()
  for (const tell of listeners) tell()
})

export function chooseDark(dark: boolean) {
  localStorage.setItem(kept, String(dark))
  show()
  for (const tell of listeners) tell()
}

export const useDark = () => useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), isDark)
