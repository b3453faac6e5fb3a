import { describe, expect, it } from 'vitest'
import type { Schema } from '../api/client'
import type { Step } from '../model/journey'
import { ahead } from '../model/links'
import { figuresOf, missingAt, splitName } from './figures'

const steps: Step[] = [
  { id: 'wait', type: 'wait', for: '1d', next: 'which' },
  { id: 'which', type: 'branch', branches: [{ name: 'VIP', when: { combinator: 'and', rules: [] }, next: 'send' }], otherwise: 'out' },
  { id: 'send', type: 'send', channel: 'wecom', template: 't', fallback: [{ channel: 'sms', template: 't', after: '4h' }], next: 'out' },
  { id: 'out', type: 'exit' },
]
const counted = (step: string, name: string, count: number) => ({ version: 1, step, name, count })
const stats = {
  steps: [{ version: 1, step: 'wait', status: 'waiting', held: false, count: 10 }, { version: 1, step: 'send', status: 'awaiting_outcome', held: false, count: 3 }],
  counters: [
    counted('', 'enrolled', 100), counted('wait', 'reached', 100), counted('wait', 'wait_started', 100), counted('wait', 'wait_ended', 85), counted('wait', 'exited.exit_rule', 5),
    counted('which', 'reached', 85), counted('which', 'branch_taken', 85), counted('send', 'reached', 40),
    // Twelve have no WeCom and eight of them no phone either; two have used up their quota and are not tried otherwise.
    counted('send', 'message_suppressed.no_address', 20), counted('send', 'fallback_started.no_address', 12), counted('send', 'message_suppressed.frequency_cap', 2),
    // Six took too long: the next way was tried, which is no refusal.
    counted('send', 'fallback_started.timed_out', 6), counted('send', 'message_queued', 36),
    counted('out', 'reached', 82), counted('out', 'exited.exit_step', 82),
  ],
  held: 0, sweeps: [],
} as unknown as Schema<'StatsAnswer'>
const figures = figuresOf(stats, steps)

describe('the figures of a step', () => {
  it('add up: who came is here, went on, or left here', () => {
    for (const own of figures.values()) expect(own.here + own.past + own.left).toBe(own.reached)
    expect(figures.get('wait')).toMatchObject({ reached: 100, here: 10, past: 85, left: 5 })
    expect(figures.get('out')).toMatchObject({ reached: 82, past: 82, left: 0 })
  })

  it('count a person once, however many ways of a send were tried', () => {
    expect(figures.get('send')).toMatchObject({ reached: 40, here: 3, past: 37, notSent: 10 })
    expect(figures.get('send')!.refusals).toEqual([
      { reason: 'no_address', refused: 20, another: 12, nothing: 8 },
      { reason: 'frequency_cap', refused: 2, another: 0, nothing: 2 },
    ])
  })

  it('tell where those are who did not come', () => {
    expect([...ahead(steps, 'send')].sort()).toEqual(['wait', 'which'])
    expect(missingAt(stats, 'send', ahead(steps, 'send'), figures)).toEqual({ all: 60, before: 10, gone: 5, elsewhere: 45 })
    expect(missingAt(stats, 'wait', ahead(steps, 'wait'), figures)).toEqual({ all: 0, before: 0, gone: 0, elsewhere: 0 })
  })

  it('split a name at its first dot only', () => {
    expect(splitName('exited.my.own reason')).toEqual(['exited', 'my.own reason'])
    expect(splitName('enrolled')).toEqual(['enrolled'])
  })
})
