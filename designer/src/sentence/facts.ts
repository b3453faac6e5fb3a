import type { TFunction } from 'i18next'
import { readable } from '../i18n/times'

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

const shown = (value: unknown): string => (Array.isArray(value) ? value.map(shown).join(', ') : typeof value === 'object' && value !== null ? JSON.stringify(value) : readable(String(value)))

/** What a decision looked at: `level = vip, was gold`. */
export const lookedText = (one: Looked, name: (field: string) => string, t: TFunction) =>
  `${name(one.field)} ${t(`operator.${one.operator}`, { defaultValue: one.operator })} ${one.needed === undefined ? '' : shown(one.needed)}${' '}${t('person.was', { value: one.was === undefined || one.was === null ? t('person.missing') : shown(one.was) })}`.replace(/\s+/g, ' ')

export const lookedOf = (details: unknown): Looked[] => {
  const looked = (details as { looked?: unknown } | null)?.looked
  return Array.isArray(looked) ? (looked as Looked[]) : []
}
