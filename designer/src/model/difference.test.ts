import { describe, expect, it } from 'vitest'
import { difference, messagesOf, textChanges } from './difference'
import type { Journey, Step } from './journey'

const send = (template: string): Step => ({ id: 'send', type: 'send', channel: 'sms', template, fallback: [{ channel: 'wecom', template: 'other', after: '1h' }] })
const journey = (steps: Step[], more: Partial<Journey> = {}): Journey => ({ key: 'j', trigger: { on: 'manual' }, steps, ...more })

describe('the difference of two versions', () => {
  it('names what is new, gone and changed, with the step as it was', () => {
    const wait: Step = { id: 'wait', type: 'wait', for: '1d' }
    const found = difference(journey([send('b'), { id: 'end', type: 'exit' }]), journey([wait, send('a')], { name: 'Old' }))
    expect(found.steps.map(({ step, how }) => [step.id, how])).toEqual([['send', 'changed'], ['end', 'added'], ['wait', 'removed']])
    expect(found.steps[0]!.was).toEqual(send('a'))
    expect(found.parts).toEqual(['name'])
  })

  it('knows the messages of a step with all its ways', () => {
    expect(messagesOf(send('a'))).toEqual(['a', 'other'])
    expect(messagesOf({ id: 'x', type: 'exit' })).toEqual([])
  })

  it('shows which texts of a message differ, however deep', () => {
    expect(textChanges({ text: 'Hello', data: { a: '1', b: '2' } }, { text: 'Hello!', data: { a: '1', c: '3' } })).toEqual([
      { field: 'text', before: 'Hello', after: 'Hello!' },
      { field: 'data.b', before: '2', after: undefined },
      { field: 'data.c', before: undefined, after: '3' },
    ])
    expect(textChanges({ text: 'same' }, { text: 'same' })).toEqual([])
  })
})
