import { languageNow } from '../i18n'

/** As much of JSON Schema as connectors use to describe messages and accounts. */
export interface JsonSchema {
  type?: string | string[]
  title?: string
  description?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  enum?: (string | number)[]
  items?: JsonSchema
  additionalProperties?: boolean | JsonSchema
  patternProperties?: Record<string, JsonSchema>
  minimum?: number
  maximum?: number
  maxLength?: number
  default?: unknown
  writeOnly?: boolean
  format?: string
}

/** A title holds both languages, as `正文 / Text`. */
export function titleOf(name: string, schema: JsonSchema): string {
  const [zh, en] = (schema.title ?? '').split(' / ')
  return (languageNow() === 'zh' ? zh : (en ?? zh)) || name
}

/** Descriptions are written in English, or in both languages like a title. */
export function hintOf(schema: JsonSchema): string | undefined {
  const parts = (schema.description ?? '').split(' / ')
  if (parts.length === 2 && /\p{Script=Han}/u.test(parts[0]!)) return languageNow() === 'zh' ? parts[0] : parts[1]
  return languageNow() === 'zh' ? undefined : schema.description
}

export type Shape = 'text' | 'number' | 'flag' | 'choice' | 'object' | 'pairs' | 'words' | 'other'

export function shapeOf(schema: JsonSchema): Shape {
  if (schema.enum) return 'choice'
  if (schema.oneOf?.some((one) => one.type === 'object')) return 'pairs'
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'string') return 'text'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'boolean') return 'flag'
  if (type === 'array') return schema.items?.type === 'string' ? 'words' : 'other'
  if (type === 'object') return schema.properties ? 'object' : 'pairs'
  return 'other'
}

/** Fields one of which must be there: what an empty form shows first. */
export const firstFields = (schema: JsonSchema): string[] => schema.required ?? schema.anyOf?.[0]?.required ?? []
