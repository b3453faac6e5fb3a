import { isMap, isScalar, isSeq, parseDocument, stringify, type Node } from 'yaml'
import { ExactNumber, parseJson, type Json, type JsonObject } from './json'
import { toJourney, writeJourney } from './document'
import type { Journey } from './journey'

/** A journey as YAML, for people who keep them in git. Numbers keep their digits, as in JSON. */
export function readYaml(text: string): Journey {
  const document = parseDocument(text, { keepSourceTokens: true })
  const [wrong] = document.errors
  if (wrong) throw new Error(wrong.message.split('\n')[0])
  return toJourney(plain(document.contents as Node | null))
}

function plain(node: Node | null): Json {
  if (isMap(node)) {
    const object: JsonObject = {}
    for (const pair of node.items) object[String(isScalar(pair.key) ? pair.key.value : pair.key)] = plain(pair.value as Node | null)
    return object
  }
  if (isSeq(node)) return node.items.map((one) => plain(one as Node))
  if (!isScalar(node)) return null
  const { value, source } = node
  // Only what is a number in JSON too; 0x1F and .inf are texts here.
  if (typeof value === 'number') return source && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(source) ? exact(source) : (source ?? String(value))
  return typeof value === 'string' || typeof value === 'boolean' ? value : null
}

const exact = (source: string): Json => parseJson(source)

export function writeYaml(journey: Journey): string {
  return stringify(loose(parseJson(writeJourney(journey))), { lineWidth: 0 })
}

/** Numbers that JavaScript cannot hold exactly stay text with their digits. */
function loose(value: Json): unknown {
  if (value instanceof ExactNumber) return String(Number(value.text)) === value.text ? Number(value.text) : value.text
  if (Array.isArray(value)) return value.map(loose)
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, loose(one as Json)])) : value
}

/** A file by its content: JSON begins with a brace. */
export const readAny = async (text: string): Promise<Journey> => (text.trimStart().startsWith('{') ? toJourney(parseJson(text)) : readYaml(text))
