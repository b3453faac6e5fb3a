import { languageNow } from '../i18n'
import { findings } from '../i18n/findings.zh'

interface Told {
  code: string
  message: string
}

/** What lint found, in the language of the page. The engine speaks English; what it names stays beside the Chinese. */
export function findingText({ code, message }: Told): string {
  const known = languageNow() === 'zh' ? findings[code] : undefined
  if (!known) return message
  const [, name] = /(?:found|named?|called|there is no|none has) ['"“`]([^'"”`]+)['"”`]/.exec(message) ?? []
  const [place] = /\(line \d+, column \d+\)/.exec(message) ?? []
  const [, meant] = /Did you mean '([^']+)'\?/.exec(message) ?? []
  return `${known}${name ? `：${name}` : ''}${place ? place.replace(/\(line (\d+), column (\d+)\)/, '（第 $1 行第 $2 列）') : ''}${meant ? `。是不是“${meant}”？` : ''}`
}
