import { describe, expect, it } from 'vitest'
import { sendsOfFirstDay } from './estimate'
import type { Journey, Step } from './journey'

const journey = (steps: Step[], more: Partial<Journey> = {}): Journey => ({ key: 'test', trigger: { on: 'event', event: 'paid' }, steps, ...more })
const send = (id: string, next?: string): Step => ({ id, type: 'send', channel: 'sms', template: 't', ...(next ? { next } : {}) })

describe('the estimate of the first day', () => {
  it('counts what a day can hold', () => {
    expect(sendsOfFirstDay(journey([send('a', 'b'), { id: 'b', type: 'wait', for: '2h', next: 'c' }, send('c', 'd'), { id: 'd', type: 'wait', for: '23h', next: 'e' }, send('e')]))).toBe(2)
  })

  it('takes the longer of two ways, and fallbacks that are due', () => {
    const branch: Step = { id: 'which', type: 'branch', branches: [{ name: 'A', when: { combinator: 'and', rules: [] }, next: 'a' }], otherwise: 'b' }
    const rich: Step = { id: 'b', type: 'send', channel: 'wecom', template: 't', fallback: [{ channel: 'sms', template: 't', after: '4h' }, { channel: 'sms', template: 't', after: '2d' }] }
    expect(sendsOfFirstDay(journey([branch, send('a'), rich]))).toBe(2)
  })

  it('ends where the journey goes round', () => {
    expect(sendsOfFirstDay(journey([send('a', 'a')]))).toBe(1)
  })
})
