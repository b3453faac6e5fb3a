import { describe, expect, it } from 'vitest'
import { en } from './en'
import { zh } from './zh'

const flat = (texts: object, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [[`${path}${key}`, text] as [string, string]] : flat(text as object, `${path}${key}.`))
const english = new Map(flat(en))
const chinese = new Map(flat(zh))
const gaps = (text: string | undefined) => [...(text ?? '').matchAll(/{{(\w+)}}/g)].map((match) => match[1]).sort()
const files = import.meta.glob('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true }) as Record<string, string>

describe('the texts', () => {
  it('are the same in both languages', () => {
    // Chinese has one form for every number.
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].filter((key) => !key.endsWith('_one')).sort())
  })

  it.each([...english])('%s has the same gaps to fill in both languages', (key, text) => {
    expect(gaps(chinese.get(key.replace(/_one$/, '_other')))).toEqual(gaps(text))
  })

  it('are all there that the pages ask for', () => {
    const asked = Object.values(files).flatMap((text) => [...text.matchAll(/\bt\(\s*'([^'`]+)'/g)].map((match) => match[1]!))
    expect(asked.length).toBeGreaterThan(100)
    expect(asked.filter((key) => !english.has(key) && !english.has(`${key}_other`))).toEqual([])
  })

  it('have a singular wherever English needs one', () => {
    const alone = [...english].filter(([key, text]) => /^{{count}} [a-z]+s\b|\b{{count}} [a-z]+s\b/.test(text) && !/_(one|other)$/.test(key) && !/{{count}} (gets?|was|is|has)\b/.test(text))
    expect(alone.map(([key]) => key)).toEqual([])
  })

  it('call the ledger by one name', () => {
    expect([...chinese.values()].filter((text) => /账本|决定记录/.test(text))).toEqual([])
  })

  it('say nothing in the other language', () => {
    const letters = /\p{Script=Han}/u
    expect([...english].filter(([key, text]) => key !== 'app.language' && letters.test(text))).toEqual([])
    expect([...chinese].filter(([, text]) => !letters.test(text)).map(([key]) => key).sort()).toEqual([
      'app.language', 'app.name', 'channel.webhook', 'common.by', 'estimate.comma', 'form.id', 'sentence.dateShift', 'sentence.nothing', 'sentence.untilDay', 'sentence.untilShift',
    ])
  })
})
