import { useMemo } from 'react'
import { useVocabulary } from '../api/queries'

/** What a template may read, with a value that was really seen. */
export interface Variable {
  path: string
  sample?: string
  group: 'contact' | 'event' | 'steps' | 'other'
}

const plain = /^[\p{L}_][\p{L}\p{Nd}_]*$/u
const shown = (value: unknown) => (value === undefined || value === null || typeof value === 'object' ? undefined : String(value))

/** A name that is no identifier is read with an index. */
export const pathOf = (area: string, name: string) => (plain.test(name) ? `${area}.${name}` : `${area}[${JSON.stringify(name)}]`)

export function useVariables(events: string[] | undefined, steps: string[] = []): Variable[] {
  const vocabulary = useVocabulary().data
  const wanted = events?.join()
  const calls = steps.join()
  return useMemo(() => {
    const attributes = [...(vocabulary?.attributes ?? [])].map(([name, value]): Variable => ({ path: pathOf('contact', name), sample: shown(value), group: 'contact' }))
    const properties = new Map<string, string | undefined>()
    for (const event of vocabulary?.seen ?? []) {
      if (wanted && !wanted.split(',').includes(event.name)) continue
      for (const property of event.properties) if (!properties.get(property.name)) properties.set(property.name, shown(property.samples[0]))
    }
    return [
      ...attributes.sort((a, b) => a.path.localeCompare(b.path)),
      ...[...properties].map(([name, sample]): Variable => ({ path: pathOf('event', name), sample, group: 'event' })),
      ...calls.split(',').filter(Boolean).map((step): Variable => ({ path: `${pathOf('steps', step)}.`, group: 'steps' })),
      { path: 'now | date.to_string "%Y-%m-%d"', group: 'other' },
      { path: 'workspace.time_zone', group: 'other' },
    ]
  }, [vocabulary, wanted, calls])
}

/** Sample properties of an event, for a preview. */
export function sampleOf(event: { properties: { name: string; samples: unknown[] }[] } | undefined): Record<string, unknown> {
  return Object.fromEntries((event?.properties ?? []).flatMap((one) => (one.samples.length > 0 ? [[one.name, one.samples[0]]] : [])))
}
