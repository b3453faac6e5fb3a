import i18next from 'i18next'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { RuleGroup, Trigger } from '../model/journey'

// The texts look at the browser for their language when they are loaded.
vi.stubGlobal('localStorage', { getItem: () => 'zh', setItem: () => undefined })
vi.stubGlobal('document', { documentElement: {} })
const { stepText, triggerText, ruleText } = await import('./sentence')
await import('../i18n')

const t = i18next.t
const rule = (field: string, value: string, operator = '=') => ({ field, operator, value })
const all = (...rules: RuleGroup['rules']): RuleGroup => ({ combinator: 'and', rules })
const event = (more: object): Trigger => ({ on: 'event', event: 'order_paid', ...more }) as Trigger

describe('sentences in Chinese', () => {
  beforeAll(() => i18next.changeLanguage('zh'))

  it('show the condition of a trigger, also of one that counts', () => {
    expect(triggerText(event({ where: all(rule('event.amount', '100', '>=')) }), t)).toBe('发生 order_paid，且 event.amount 至少 100')
    expect(triggerText(event({ occurrence: 1 }), t)).toBe('首次发生 order_paid')
    expect(triggerText(event({ occurrence: 3, where: all(rule('event.city', '上海')) }), t)).toBe('第 3 次发生 order_paid，且 event.city 等于上海')
  })

  it('space Latin letters from Chinese signs and nothing else', () => {
    const branch = (when: RuleGroup) => stepText({ id: 'b', type: 'branch', branches: [{ name: 'x', when }] }, t)
    expect(branch(all(rule('contact.level', 'vip')))).toBe('如果 level 等于 vip')
    expect(branch(all(rule('tags', '会员', 'contains')))).toBe('如果标签包含会员')
    expect(stepText({ id: 's', type: 'send', channel: 'sms', template: '春节A套 餐' }, t)).toBe('用短信发送“春节A套 餐”')
  })

  it('join conditions, and say how many more there are', () => {
    const level = rule('contact.level', 'vip')
    expect(ruleText({ combinator: 'or', rules: [level, rule('contact.city', '上海')] }, t)).toBe('level 等于 vip 或 city 等于 上海')
    expect(ruleText(all(level, level, level, level, level), t)).toContain('等另外 2 个条件')
    expect(ruleText({ ...all(level), not: true }, t)).toBe('不满足（level 等于 vip）')
  })
})

describe('sentences in English', () => {
  beforeAll(() => i18next.changeLanguage('en'))
  afterAll(() => i18next.changeLanguage('zh'))

  it('count as English does', () => {
    expect(triggerText(event({ occurrence: 1 }), t)).toBe('order_paid happens for the first time')
    expect(triggerText(event({ occurrence: 2 }), t)).toBe('order_paid happens for the 2nd time')
    expect(triggerText(event({ occurrence: 13 }), t)).toBe('order_paid happens for the 13th time')
    expect(stepText({ id: 'w', type: 'wait', for: '1d' }, t)).toBe('Wait 1 day')
    expect(t('canvas.past', { count: 4021 })).toBe('4,021 passed')
  })

  it('show the conditions of both halves of what was not done', () => {
    expect(triggerText({ on: 'not_done', did: { event: 'cart', where: all(rule('event.worth', '10', '>')) }, but_not: { event: 'paid' }, within: '2h' }, t))
      .toBe('cart, where event.worth more than 10, but no paid within 2 hours')
  })
})
