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
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it.each([...english])('%s has the same gaps to fill in both languages', (key, text) => {
    expect(gaps(chinese.get(key))).toEqual(gaps(text))
  })

  it('are all there that the pages ask for', () => {
    const asked = Object.values(files).flatMap((text) => [...text.matchAll(/\bt\('([^'`]+)'/g)].map((match) => match[1]!))
    expect(asked.length).toBeGreaterThan(100)
    expect(asked.filter((key) => !english.has(key) && !english.has(`${key}_other`))).toEqual([])
  })

  it('say nothing in the other language', () => {
    const letters = /\p{Script=Han}/u
    expect([...english].filter(([key, text]) => key !== 'app.language' && letters.test(text))).toEqual([])
    expect([...chinese].filter(([, text]) => !letters.test(text)).map(([key]) => key).sort()).toEqual([
      'app.language', 'app.name', 'channel.webhook', 'common.by', 'form.id', 'sentence.dateShift', 'sentence.nothing', 'sentence.untilDay', 'sentence.untilShift',
    ])
  })
})
