import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { packJourney, readJourney, writeJourney } from './document'
import { parseJson, writeJson } from './json'

interface Example {
  name: string
  source: string
  canonical: string
}
const examples = JSON.parse(readFileSync(new URL('golden/journeys.json', import.meta.url), 'utf8')) as Example[]

describe('the journey document', () => {
  it.each(examples)('$name is written byte for byte as the engine writes it', ({ source, canonical }) => {
    expect(writeJourney(readJourney(source))).toBe(canonical)
  })

  it.each(examples)('$name comes back the same from a request', ({ canonical }) => {
    expect(writeJourney(readJourney(packJourney(readJourney(canonical))))).toBe(canonical)
  })

  it('keeps a property it does not know, for lint to name', () => {
    expect(writeJourney(readJourney('{"key":"a","colour":"red","trigger":{"on":"manual"},"steps":[]}'))).toContain('"colour": "red"')
  })

  it('keeps every digit of a number', () => {
    const text = '[1.50,12345678901234567890,-0.10]'
    expect(writeJson(parseJson(text), null)).toBe(text)
  })

  it('escapes what the engine escapes and leaves letters of every script', () => {
    expect(writeJson('"\\\n\u001f\u007f\u2028汉🎁')).toBe('"\\"\\\\\\n\\u001F\\u007F\\u2028汉🎁"')
  })

  it('refuses what is no journey', () => {
    expect(() => readJourney('[]')).toThrow('Expected a journey')
    expect(() => readJourney('{')).toThrow()
  })
})
