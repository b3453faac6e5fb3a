/** A number as it was written, where JavaScript's own would lose a digit: 1.50, 12345678901234567890. */
export class ExactNumber {
  constructor(readonly text: string) {}
}

export type Json = null | boolean | number | string | ExactNumber | Json[] | JsonObject
export interface JsonObject {
  [key: string]: Json | undefined
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)

const numberAt = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y

/** JSON.parse that keeps numbers exact. The text is checked by JSON.parse first, so that this one may be short. */
export function parseJson(text: string): Json {
  JSON.parse(text)
  let at = 0
  const blank = () => {
    while (' \n\r\t'.includes(text[at]!) && at < text.length) at++
  }
  const string = () => {
    const from = at++
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    return JSON.parse(text.slice(from, ++at)) as string
  }
  const number = () => {
    numberAt.lastIndex = at
    const found = numberAt.exec(text)![0]
    at += found.length
    return String(Number(found)) === found ? Number(found) : new ExactNumber(found)
  }
  const value = (): Json => {
    blank()
    switch (text[at]) {
      case '{': {
        const object: JsonObject = {}
        for (at++, blank(); text[at] !== '}'; blank()) {
          if (text[at] === ',') at++
          blank()
          const key = string()
          blank()
          at++
          // A key such as __proto__ is data here.
          Object.defineProperty(object, key, { value: value(), enumerable: true, writable: true, configurable: true })
        }
        at++
        return object
      }
      case '[': {
        const list: Json[] = []
        for (at++, blank(); text[at] !== ']'; blank()) {
          if (text[at] === ',') at++
          list.push(value())
        }
        at++
        return list
      }
      case '"':
        return string()
      case 't':
        at += 4
        return true
      case 'f':
        at += 5
        return false
      case 'n':
        at += 4
        return null
      default:
        return number()
    }
  }
  return value()
}

const escapes: Record<string, string> = {
  '"': '\\"', '\\': '\\\\', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t',
}

/** The escapes of the engine's writer: what JSON asks for, control characters, and what some readers take for a line's end. */
export const quote = (text: string) =>
  `"${text.replace(/["\\\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (letter) =>
    escapes[letter] ?? `\\u${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)}"`

/** Indented by two blanks as the engine writes it; compact when `indent` is null. */
export function writeJson(value: Json, indent: string | null = ''): string {
  if (value instanceof ExactNumber) return value.text
  if (typeof value === 'string') return quote(value)
  if (value === null || typeof value !== 'object') return String(value)
  const inner = indent === null ? null : `${indent}  `
  const parts = Array.isArray(value)
    ? value.map((item) => writeJson(item, inner))
    : Object.entries(value)
        .filter((entry): entry is [string, Json] => entry[1] !== undefined)
        .map(([key, item]) => `${quote(key)}:${inner === null ? '' : ' '}${writeJson(item, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  if (parts.length === 0) return `${open}${close}`
  return inner === null ? `${open}${parts.join(',')}${close}` : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`
}
