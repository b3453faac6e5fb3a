import i18next, { type FormatterModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en'
import { zh } from './zh'

export type Language = 'zh' | 'en'
const kept = 'automation.language'

const preferred = (): Language => {
  const known = localStorage.getItem(kept)
  if (known === 'zh' || known === 'en') return known
  return navigator.language.startsWith('zh') ? 'zh' : 'en'
}

// Every number in a sentence is written as the language writes numbers.
const numbers: FormatterModule = {
  type: 'formatter', init: () => undefined, add: () => undefined, addCached: () => undefined,
  format: (value: unknown) => (typeof value === 'number' ? count(value) : String(value ?? '')),
}

void i18next.use(numbers).use(initReactI18next).init({
  lng: preferred(),
  fallbackLng: 'en',
  resources: { en: { translation: en }, zh: { translation: zh } },
  interpolation: {
    // React escapes what it shows; doing it twice would show &amp;.
    escapeValue: false,
    alwaysFormat: true,
  },
  // An operator such as != or a name with a dot is a key, not a path.
  keySeparator: '.',
  nsSeparator: false,
})

export const languageNow = (): Language => (i18next.language === 'zh' ? 'zh' : 'en')

export function speak(language: Language) {
  localStorage.setItem(kept, language)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  void i18next.changeLanguage(language)
}
document.documentElement.lang = languageNow() === 'zh' ? 'zh-CN' : 'en'

export const locale = () => (languageNow() === 'zh' ? 'zh-CN' : 'en-GB')
export const count = (value: number) => value.toLocaleString(locale())

export const percent = (share: number) => share.toLocaleString(locale(), { style: 'percent', maximumFractionDigits: 1 })

/** `1st`, `2nd`: in Chinese the number alone. */
export function nth(value: number): string {
  if (languageNow() === 'zh') return count(value)
  const ending = { one: 'st', two: 'nd', few: 'rd' } as Record<string, string>
  return `${count(value)}${ending[new Intl.PluralRules('en', { type: 'ordinal' }).select(value)] ?? 'th'}`
}
