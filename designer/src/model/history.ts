/** Every state of a document that can be gone back to. Typing in one field is one step back, not one for each letter. */
export interface History<T> {
  past: T[]
  present: T
  future: T[]
  /** What the last change was about; the next one about the same replaces it. */
  about: string | null
}

const pastMax = 200

export const begin = <T>(present: T): History<T> => ({ past: [], present, future: [], about: null })

export function change<T>(history: History<T>, next: T, about: string | null = null): History<T> {
  if (next === history.present) return history
  const merges = about !== null && about === history.about && history.past.length > 0
  return { past: merges ? history.past : [...history.past, history.present].slice(-pastMax), present: next, future: [], about }
}

export const undo = <T>(history: History<T>): History<T> =>
  history.past.length === 0
    ? history
    : { past: history.past.slice(0, -1), present: history.past.at(-1)!, future: [history.present, ...history.future], about: null }

export const redo = <T>(history: History<T>): History<T> =>
  history.future.length === 0
    ? history
    : { past: [...history.past, history.present], present: history.future[0]!, future: history.future.slice(1), about: null }
