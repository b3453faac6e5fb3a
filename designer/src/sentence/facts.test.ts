import i18next from 'i18next'
import { describe, expect, it, vi } from 'vitest'

vi.stubGlobal('localStorage', { getItem: () => 'zh', setItem: () => undefined })
vi.stubGlobal('document', { documentElement: {} })
const { lookedText } = await import('./facts')
await import('../i18n')

const told = async (language: string, field: string, operator: string, needed: unknown, was: unknown) => {
  await i18next.changeLanguage(language)
  return lookedText({ field, operator, needed, was, matched: false }, i18next.t)
}

describe('what a decision looked at', () => {
  it.each([
    ['contact.local_time', 'notBetween', '22:00–08:00', '22:30:10', 'local time not between 22:00–08:00 (was 22:30:10)', '当地时间 不介于 22:00–08:00 （当时是 22:30:10）'],
    ['sends.sms within 1d', '<', 1, 1, 'SMS messages within 1 day less than 1 (was 1)', '1 天内的短信条数 小于 1 （当时是 1）'],
    ['enrollment.last', '<=', '30d ago', '3d ago', 'last entered at most 30 days ago (was 3 days ago)', '上次进入 不超过 30 天前 （当时是 3 天前）'],
    ['identity.phone', 'notNull', undefined, undefined, 'Phone is there (was missing)', '手机 有值 （当时是 没有值）'],
    ['consent.sms', '=', true, false, 'Consent SMS is yes (was no)', '授权 短信 等于 是 （当时是 否）'],
    ['contact.level', '=', 'vip', 'gold', 'level is vip (was gold)', 'level 等于 vip （当时是 gold）'],
  ])('is told in both languages: %s', async (field, operator, needed, was, english, chinese) => {
    expect(await told('en', field, operator, needed, was)).toBe(english)
    expect(await told('zh', field, operator, needed, was)).toBe(chinese)
  })
})
