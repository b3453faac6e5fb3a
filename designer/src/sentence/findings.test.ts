import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findings } from '../i18n/findings.zh'

const page = readFileSync(new URL('../../../docs/lint.md', import.meta.url), 'utf8')
const codes = [...page.matchAll(/^\| `([a-z_]+)` \|/gm)].map((match) => match[1]!)

describe('what lint finds', () => {
  it('is said in Chinese for every code that the engine has', () => {
    expect(codes.length).toBeGreaterThan(50)
    expect(codes.filter((code) => !findings[code])).toEqual([])
    expect(Object.keys(findings).filter((code) => !codes.includes(code))).toEqual([])
  })
})
