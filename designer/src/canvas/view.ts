import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { api, ask } from '../api/client'
import { passages, type Passage } from '../model/path'
import { useDraft, useJourney } from './draft'

/** What the canvas is for just now. It stands in the address, so that a view can be sent to somebody. */
export type Mode = 'edit' | 'figures' | 'person'
export interface View {
  mode: Mode
  contact: number | null
  passage: number | null
}

export function useView(): [View, (next: Partial<View>) => void] {
  const [search, setSearch] = useSearchParams()
  const mode = search.get('view')
  const view: View = { mode: mode === 'figures' || mode === 'person' ? mode : 'edit', contact: numberIn(search, 'contact'), passage: numberIn(search, 'passage') }
  const set = (next: Partial<View>) => setSearch((now) => {
    const after = { ...view, ...next }
    const params = new URLSearchParams(now)
    const put = (name: string, value: string | null) => (value === null ? params.delete(name) : params.set(name, value))
    put('view', after.mode === 'edit' ? null : after.mode)
    put('contact', after.mode === 'person' && after.contact !== null ? String(after.contact) : null)
    put('passage', after.mode === 'person' && after.passage !== null ? String(after.passage) : null)
    return params
  }, { replace: true })
  return [view, set]
}

const numberIn = (search: URLSearchParams, name: string) => (/^\d+$/.test(search.get(name) ?? '') ? Number(search.get(name)) : null)

export interface Walk {
  all: Passage[]
  shown: Passage | null
  /** Reasons for not entering, the newest first. */
  refusals: { at: string; reason: string; details: unknown }[]
  isPending: boolean
  error: unknown
}

/** One person's passages through the journey, from the ledger. */
export function useWalk({ mode, contact, passage }: View): Walk {
  const draft = useDraft()
  const journey = useJourney()
  const facts = useQuery({
    queryKey: ['walk', draft.key, contact], enabled: mode === 'person' && contact !== null, refetchInterval: 10_000,
    queryFn: () => ask(api.GET('/api/audit', { params: { query: { contact: String(contact), journey: draft.key, limit: 1000, order: 'oldest' } as never } })),
  })
  return useMemo(() => {
    const rows = facts.data?.facts ?? []
    const all = passages(journey, rows)
    return {
      all, shown: all.find((one) => one.ordinal === passage) ?? all.at(-1) ?? null, isPending: facts.isPending && contact !== null, error: facts.error,
      refusals: rows.filter((one) => one.kind === 'not_enrolled').reverse().slice(0, 5).map((one) => ({ at: one.at, reason: one.reason ?? '', details: one.details })),
    }
  }, [facts.data, facts.isPending, facts.error, journey, passage, contact])
}
