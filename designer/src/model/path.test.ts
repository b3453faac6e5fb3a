import { describe, expect, it } from 'vitest'
import type { Journey } from './journey'
import { passages, type FactSeen } from './path'

const journey: Journey = {
  key: 'test', trigger: { on: 'event', event: 'e' },
  steps: [
    { id: 'wait', type: 'wait', for: '1d', next: 'which' },
    { id: 'which', type: 'branch', branches: [{ name: 'VIP', when: { combinator: 'and', rules: [] }, next: 'ask' }], otherwise: 'ask' },
    { id: 'ask', type: 'wait_for', event: 'paid', timeout: '1d', next: 'end', otherwise: 'late' },
    { id: 'end', type: 'exit' },
    { id: 'late', type: 'exit' },
  ],
}
let sequence = 0
const fact = (kind: string, step?: string, details: object = {}, ordinal = 1): FactSeen => ({ sequence: ++sequence, at: '2026-01-01T00:00:00Z', kind, step, ordinal, details })
const way = [fact('enrolled'), fact('wait_started', 'wait'), fact('wait_ended', 'wait', { by: 'time' })]

describe('the way of one person', () => {
  it('follows the branch that the ledger names, also where two lead to one step', () => {
    const [walk] = passages(journey, [...way, fact('branch_taken', 'which', { branch: 'VIP' }), fact('wait_started', 'ask')])
    expect(walk!.steps).toEqual(['wait', 'which', 'ask'])
    expect([...walk!.ways]).toEqual(['/start', 'wait/next', 'which/branches/0'])
  })

  it('takes the other way when the ledger says otherwise', () => {
    const [walk] = passages(journey, [...way, fact('branch_taken', 'which', { branch: 'otherwise' }), fact('wait_started', 'ask')])
    expect(walk!.ways).toContain('which/otherwise')
    expect(walk!.ways).not.toContain('which/branches/0')
  })

  it('tells an event that came from one that did not', () => {
    const late = passages(journey, [fact('wait_ended', 'ask', { by: 'time' }), fact('exited', 'late')])[0]!
    const came = passages(journey, [fact('wait_ended', 'ask', { by: 'event' }), fact('exited', 'end')])[0]!
    expect(late.ways).toContain('ask/otherwise')
    expect(came.ways).toContain('ask/next')
    expect(came.ended).toBe('exited')
  })

  it('keeps passages apart and forgets facts of none', () => {
    const walks = passages(journey, [fact('not_enrolled', undefined, {}, undefined as unknown as number), ...way, fact('enrolled', undefined, {}, 2), fact('wait_started', 'wait', {}, 2)])
    expect(walks.map((one) => one.ordinal)).toEqual([1, 2])
    expect(walks[1]!.steps).toEqual(['wait'])
  })
})
