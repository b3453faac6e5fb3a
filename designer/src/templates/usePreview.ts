import { useEffect, useState } from 'react'
import { api, ask, type Schema } from '../api/client'
import { findingText } from '../sentence/findings'

export interface Reader {
  contact: number | null
  event: string | null
  properties: Record<string, unknown>
}
export interface Seen {
  preview: Schema<'PreviewAnswer'> | null
  wrong: unknown
  busy: boolean
}

const restMs = 250

/** The template as somebody would read it, asked anew a moment after the last letter. */
export function usePreview(document: unknown, reader: Reader): Seen {
  const [seen, setSeen] = useState<Seen>({ preview: null, wrong: null, busy: true })
  const asked = JSON.stringify({ document, contact: reader.contact, event: reader.event, properties: reader.event ? reader.properties : {} })
  useEffect(() => {
    let isLate = false
    setSeen((now) => ({ ...now, busy: true }))
    const timer = setTimeout(() => {
      ask(api.POST('/api/templates/preview', { body: JSON.parse(asked) as never })).then(
        (preview) => !isLate && setSeen({ preview, wrong: null, busy: false }),
        (wrong: unknown) => !isLate && setSeen({ preview: null, wrong, busy: false }))
    }, restMs)
    return () => {
      isLate = true
      clearTimeout(timer)
    }
  }, [asked])
  return seen
}

/** Findings by the field they are in: `/content/data/thing1` is `data.thing1`. */
export function wrongFields(preview: Schema<'PreviewAnswer'> | null): Map<string, string> {
  const wrong = new Map<string, string>()
  for (const finding of preview?.findings ?? []) {
    if (!finding.pointer.startsWith('/content/')) continue
    const path = finding.pointer.slice('/content/'.length).split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')).join('.')
    wrong.set(path, findingText(finding))
  }
  return wrong
}
