import { describe, expect, it } from 'vitest'
import { addStep, insert, keepTail, lostWith, moveStep, newStep, removeStep, renameStep } from './commands'
import { copySteps, paste, readSteps } from './clipboard'
import { readJourney, writeJourney } from './document'
import { begin, change, redo, undo } from './history'
import type { Journey } from './journey'
import { outputs, start } from './links'
import { dice, edit, empty } from './random'

const seeds = Array.from({ length: 40 }, (_, i) => i + 1)
const next = (step: string) => ({ step, slot: 'next' })
const line = (...ids: string[]): Journey =>
  ids.reduce((journey, id, i) => insert(journey, i === 0 ? start : next(ids[i - 1]!), [newStep('wait', id)]), empty)
const ways = (journey: Journey) => Object.fromEntries(journey.steps.map((step) => [step.id, outputs(step).map((one) => one.to)]))

describe('editing a journey', () => {
  it.each(seeds)('never leaves a link to a step that is gone, nor two steps with one id (seed %i)', (seed) => {
    const roll = dice(seed)
    let journey = empty
    for (let i = 0; i < 60; i++) {
      journey = edit(journey, roll)
      const ids = journey.steps.map((step) => step.id)
      expect(new Set(ids).size).toBe(ids.length)
      for (const to of Object.values(ways(journey)).flat()) if (to !== undefined) expect(ids).toContain(to)
    }
  })

  it.each(seeds)('is undone and redone to the same bytes (seed %i)', (seed) => {
    const roll = dice(seed)
    let history = begin(empty)
    const written = [writeJourney(empty)]
    for (let i = 0; i < 30; i++) {
      const after = edit(history.present, roll)
      if (after !== history.present) written.push(writeJourney(after))
      history = change(history, after)
    }
    for (let i = written.length - 2; i >= 0; i--) expect(writeJourney((history = undo(history)).present)).toBe(written[i])
    for (let i = 1; i < written.length; i++) expect(writeJourney((history = redo(history)).present)).toBe(written[i])
    expect(writeJourney(readJourney(written.at(-1)!))).toBe(written.at(-1))
  })

  it('inserts a step between two others', () => {
    const { journey, added } = addStep(line('a', 'b'), next('a'), 'send')
    expect(ways(journey)).toEqual({ a: [added], [added]: ['b'], b: [undefined] })
  })

  it('brings all ways of an inserted branch together again', () => {
    const { journey, added } = addStep(line('a', 'b'), next('a'), 'branch')
    expect(ways(journey)[added]).toEqual(['b', 'b'])
  })

  it('lets one way of a branch keep what comes after', () => {
    const { journey, added } = addStep(line('a', 'b'), next('a'), 'branch')
    expect(ways(keepTail(journey, added, 'otherwise'))[added]).toEqual([undefined, 'b'])
  })

  it('moves a step with the note on it', () => {
    const noted = { ...line('a', 'b'), notes: [{ step: 'b', text: 'mind' }] }
    const moved = moveStep(noted, 'b', start)
    expect([moved.steps.map((step) => step.id), moved.notes]).toEqual([['b', 'a'], noted.notes])
  })

  it('puts a step before the first', () => {
    expect(addStep(line('a'), start, 'update').journey.steps.map((step) => step.id)).toEqual(['update', 'a'])
  })

  it('takes away with a branch what only its other ways led to', () => {
    const forked = addStep(line('a', 'b'), next('a'), 'branch')
    const deep = insert(forked.journey, { step: forked.added, slot: 'otherwise' }, [newStep('wait', 'only')])
    expect(lostWith(deep, forked.added)).toEqual(['only'])
    expect(ways(removeStep(deep, forked.added))).toEqual({ a: ['b'], b: [undefined] })
  })

  it('keeps the way whole when the first step goes', () => {
    expect(removeStep(line('a', 'b', 'c'), 'a').steps[0]?.id).toBe('b')
  })

  it('moves a step to another edge', () => {
    expect(ways(moveStep(line('a', 'b', 'c'), 'a', next('c')))).toEqual({ b: ['c'], c: ['a'], a: [undefined] })
  })

  it('renames a step everywhere', () => {
    expect(ways(renameStep(line('a', 'b'), 'b', '发券'))).toEqual({ a: ['发券'], 发券: [undefined] })
    expect(renameStep(line('a', 'b'), 'b', 'a')).toEqual(line('a', 'b'))
  })

  it('pastes steps of another journey under new ids with their links', () => {
    const copied = readSteps(copySteps(line('a', 'b', 'c'), new Set(['a', 'b'])))!
    const { journey, added } = paste(line('a'), next('a'), copied)
    expect(added).toEqual(['a-2', 'b'])
    expect(ways(journey)).toEqual({ a: ['a-2'], 'a-2': ['b'], b: [undefined] })
  })

  it('takes no other text for copied steps', () => {
    expect(readSteps('hello')).toBeNull()
    expect(readSteps('{"steps":[]}')).toBeNull()
  })

  it('counts typing in one field as one step back', () => {
    const typed = change(change(begin('a'), 'ab', 'name'), 'abc', 'name')
    expect(undo(change(typed, 'abd', 'other')).present).toBe('abc')
    expect(undo(typed).present).toBe('a')
  })
})
