import type { TFunction } from 'i18next'
import { readable } from '../i18n/times'
import { channelName, fieldName, identityName, span } from './sentence'

/** The ledger's codes in plain words. A code nobody translated stays as it is: new kinds come with new engines. */
export const factText = (kind: string, t: TFunction) => t(`fact.${kind}`, { defaultValue: kind })
export const reasonText = (reason: string, t: TFunction) => t(`why.${reason}`, { defaultValue: reason })

/** Who acted: a person by name, everything else as the ledger has it. */
export const actorText = (actor: string | null | undefined) => actor?.replace(/^user:/, '') ?? ''

export interface Looked {
  field: string
  operator: string
  needed?: unknown
  was?: unknown
  matched: boolean
}

// What the engine looks at by itself, and no rule names.
const own: Record<string, string> = {
  'contact.local_time': 'localTime', 'contact.last_activity': 'lastActivity', 'contact.first_seen': 'firstSeen', sends: 'sends', enrollment: 'enrollment', 'enrollment.last': 'lastEnrollment',
  'event.age': 'age', 'event.text': 'text', 'event.channel': 'channel', holdout: 'draw', 'workspace.holdout': 'draw', 'split.holdout': 'heldOut', 'content.text.length': 'length', 'content.bytes': 'bytes',
}

/** What a decision looked at, by the name that people know. */
export function lookedName(field: string, t: TFunction): string {
  const [whole = '', within] = field.split(' within ')
  if (within) return t('looked.within', { name: lookedName(whole, t), span: span(within, t) })
  if (own[whole]) return t(`looked.${own[whole]}`)
  const [area, rest = ''] = [whole.slice(0, whole.indexOf('.')), whole.slice(whole.indexOf('.') + 1)]
  if (area === 'sends') return t('looked.sendsOf', { channel: channelName(rest, t) })
  if (area === 'identity') return identityName(rest, t)
  return fieldName(whole, t)
}

const isSpan = /^\d+[wdhms]( ago)?$/
const spanShown = (text: string, t: TFunction) => (text.endsWith(' ago') ? t('looked.ago', { span: span(text.slice(0, -4), t) }) : span(text, t))

const shown = (value: unknown, t: TFunction): string => (Array.isArray(value) ? value.map((one) => shown(one, t)).join(', ') : typeof value === 'object' && value !== null ? JSON.stringify(value) : typeof value === 'boolean' ? t(value ? 'common.yes' : 'common.no').toLowerCase() : typeof value === 'string' && isSpan.test(value) ? spanShown(value, t) : readable(String(value)))

/** What a decision looked at: `level = vip, was gold`. */
export const lookedText = (one: Looked, t: TFunction) =>
  `${lookedName(one.field, t)} ${t(`operator.${one.operator}`, { defaultValue: one.operator })} ${one.needed === undefined ? '' : shown(one.needed, t)}${' '}${t('person.was', { value: one.was === undefined || one.was === null ? t('person.missing') : shown(one.was, t) })}`.replace(/\s+/g, ' ')

export const lookedOf = (details: unknown): Looked[] => {
  const looked = (details as { looked?: unknown } | null)?.looked
  return Array.isArray(looked) ? (looked as Looked[]) : []
}
