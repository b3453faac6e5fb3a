import { describe, expect, it } from 'vitest'
import { billOf, withSign } from './sms'

describe('the bill of an SMS', () => {
  it.each([[0, 0], [1, 1], [70, 1], [71, 2], [134, 2], [135, 3]])('of %i characters is %i segments', (characters, segments) => {
    expect(billOf('茶'.repeat(characters))).toEqual({ characters, segments })
  })

  it('counts an emoji as carriers do', () => {
    expect(billOf('🎂').characters).toBe(2)
  })

  it('puts the signature before the text, once', () => {
    expect(withSign('您好', '茶铺')).toBe('【茶铺】您好')
    expect(withSign('【茶铺】您好', '茶铺')).toBe('【茶铺】您好')
    expect(withSign('您好', undefined)).toBe('您好')
  })
})
