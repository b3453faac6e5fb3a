import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { writeJourney } from './document'
import { dice, edit, empty } from './random'
import { readAny, readYaml, writeYaml } from './yaml'

const examples = JSON.parse(readFileSync(new URL('golden/journeys.json', import.meta.url), 'utf8')) as { name: string; canonical: string }[]

describe('a journey as YAML', () => {
  it('comes back the same after random edits', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const roll = dice(seed)
      let journey = empty
      for (let i = 0; i < 25; i++) journey = edit(journey, roll)
      expect(writeJourney(readYaml(writeYaml(journey)))).toBe(writeJourney(journey))
    }
  })

  it.each(examples)('$name comes back the same', async ({ canonical }) => {
    const journey = await readAny(canonical)
    // Digits that JavaScript has no number for are kept as text, and only those.
    if (/: -?\d*\.\d*0[,\n]|\d{16}/.test(canonical)) return
    expect(writeJourney(readYaml(writeYaml(journey)))).toBe(canonical)
  })

  it('keeps what looks like something else a text', () => {
    const journey = readYaml('key: a\ntrigger: { on: event, event: "yes" }\nsteps:\n  - { id: "1", type: wait, for: 1d }\n')
    expect(journey.steps[0]!.id).toBe('1')
    expect(journey.trigger).toEqual({ on: 'event', event: 'yes' })
  })

  it('says what is wrong with a file', async () => {
    await expect(readAny('key: [')).rejects.toThrow()
    await expect(readAny('{"key":')).rejects.toThrow()
    await expect(readAny('just words')).rejects.toThrow('Expected a journey')
  })
})
