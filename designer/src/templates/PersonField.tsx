import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schema } from '../api/client'

type Person = Schema<'ContactAnswer'>

export function ownName(person: Person): string | null {
  const attributes = (person.attributes ?? {}) as Record<string, unknown>
  const name = attributes.name ?? attributes.nickname ?? attributes['姓名']
  return typeof name === 'string' && name.trim() ? name : null
}

/** What a person is called on screen: a name where there is one, else what identifies them. */
export function personName(person: Person): string {
  const id = person.identities.find((one) => one.type === 'user_id') ?? person.identities[0]
  return [ownName(person), id?.value, `#${person.id}`].filter(Boolean).join(' · ')
}

/** Chooses one contact: from the first ones, or by anything that identifies somebody. */
export function PersonField({ value, onChange, label, width = 260 }: { value: number | null; onChange(id: number | null): void; label: string; width?: number | string }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const first = useQuery({ queryKey: ['contacts', 'first'], staleTime: 60_000, queryFn: () => ask(api.GET('/api/contacts', { params: { query: { limit: 100 } } })), select: (answer) => answer.contacts })
  const found = useQuery({
    queryKey: ['contacts', text], enabled: text.trim().length > 1, staleTime: 30_000,
    queryFn: async () => /^\d{1,9}$/.test(text.trim())
      ? [await ask(api.GET('/api/contacts/{id}', { params: { path: { id: Number(text) } } })).catch(() => null)].filter((one): one is Person => one !== null)
      : (await ask(api.GET('/api/contacts', { params: { query: { identity: text.trim() } } }))).contacts,
  })
  const chosen = useQuery({
    queryKey: ['contact', value], enabled: value !== null, staleTime: 30_000, queryFn: () => ask(api.GET('/api/contacts/{id}', { params: { path: { id: value! } } })),
  })
  const people = new Map([...(found.data ?? []), ...(first.data ?? []), ...(chosen.data ? [chosen.data] : [])].map((one) => [one.id, one]))
  return (
    <Select
      allowClear style={{ width }} aria-label={label} placeholder={t('template.find')} value={value ?? undefined} loading={found.isFetching}
      options={[...people.values()].map((one) => ({ value: one.id, label: personName(one), found: `${personName(one)} ${one.identities.map((id) => id.value).join(' ')}` }))}
      showSearch={{ onSearch: setText, filterOption: (typed, option) => (option?.found ?? '').toLowerCase().includes(typed.toLowerCase().replace(/^\w+:/, '')) }}
      onChange={(id: number | undefined) => onChange(id ?? null)}
    />
  )
}
