import { describe, expect, it } from 'vitest'
import { pastPassages, type PassageFact } from './past'

const fact = (ordinal: number, kind: string, at: string, reason?: string): PassageFact => ({ ordinal, kind, at, journey: 'welcome', version: 2, reason: reason ?? null })

describe('past passages', () => {
  it('have their beginning, their end and why it was one', () => {
    const found = pastPassages([
      fact(1, 'completed', '3'), fact(2, 'exited', '5', 'exit_rule'), fact(2, 'goal_reached', '4'), fact(1, 'enrolled', '1'), fact(2, 'enrolled', '2'), fact(9, 'exited', '6', 'x'),
    ])
    expect(found.map((one) => [one.ordinal, one.entered, one.ended, one.reason, one.goal])).toEqual([[2, '2', '5', 'exit_rule', true], [1, '1', '3', null, false]])
  })

  it('are open where no end is known', () => {
    expect(pastPassages([fact(3, 'enrolled', '1')])[0]!.ended).toBeNull()
  })
})
