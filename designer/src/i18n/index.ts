import i18next from 'i18next'
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

void i18next.use(initReactI18next).init({
  lng: preferred(),
  fallbackLng: 'en',
  resources: { en: { translation: en }, zh: { translation: zh } },
  // React escapes what it shows; doing it twice would show &amp;.
  interpolation: { escapeValue: false },
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

/** A moment in the browser's zone. */
export const moment = (at: string | null | undefined) =>
  at ? new Date(at).toLocaleString(locale(), { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }) : ''
export const clock = (at: Date) => at.toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** What the clock on somebody's wall says now. */
export const clockIn = (timeZone: string) => new Date().toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit', timeZone })
