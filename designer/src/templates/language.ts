import { HighlightStyle, StreamLanguage, syntaxHighlighting, type StreamParser } from '@codemirror/language'
import { tags } from '@lezer/highlight'

/** The template language, as far as colours need it: text outside of double braces, code within. */
interface Inside {
  code: boolean
  /** Behind a pipe stands a function. */
  piped: boolean
}

const words = new Set(['if', 'else', 'end', 'for', 'in', 'while', 'case', 'when', 'func', 'ret', 'break', 'continue', 'with', 'capture', 'include', 'empty'])
const atoms = new Set(['true', 'false', 'null', 'this'])

const parser: StreamParser<Inside> = {
  name: 'template',
  startState: () => ({ code: false, piped: false }),
  copyState: (state) => ({ ...state }),
  token(stream, state) {
    if (!state.code) {
      if (stream.match(/^\{\{[-~]?/)) {
        state.code = true
        return 'brace'
      }
      // One brace alone is text.
      if (!stream.match(/^[^{]+/)) stream.next()
      return null
    }
    if (stream.match(/^[-~]?\}\}/)) {
      state.code = false
      state.piped = false
      return 'brace'
    }
    if (stream.eatSpace()) return null
    if (stream.match(/^##.*?(?=\}\}|$)/) || stream.match(/^#[^}]*/)) return 'comment'
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^'\\]|\\.)*'?/)) return 'string'
    if (stream.match(/^\d+(?:\.\d+)?/)) return 'number'
    if (stream.match(/^\|>?/)) {
      state.piped = true
      return 'operator'
    }
    const name = stream.match(/^[\p{L}_][\p{L}\p{Nd}_]*(?:\.[\p{L}_][\p{L}\p{Nd}_]*)*/u) as RegExpMatchArray | null
    if (name) {
      const text = name[0]
      const isPiped = state.piped
      state.piped = false
      if (words.has(text)) return 'keyword'
      if (atoms.has(text)) return 'atom'
      return isPiped || /^(date|string|math|array|regex|object|timespan)\./.test(text) ? 'function' : 'variableName'
    }
    stream.next()
    return 'operator'
  },
  tokenTable: { brace: tags.brace, function: tags.function(tags.variableName) },
}

const colours = HighlightStyle.define([
  { tag: tags.brace, class: 'tpl-brace' },
  { tag: tags.keyword, class: 'tpl-word' },
  { tag: tags.atom, class: 'tpl-word' },
  { tag: tags.string, class: 'tpl-text' },
  { tag: tags.number, class: 'tpl-text' },
  { tag: tags.comment, class: 'tpl-note' },
  { tag: tags.function(tags.variableName), class: 'tpl-function' },
  { tag: tags.variableName, class: 'tpl-name' },
])

export const templateLanguage = [StreamLanguage.define(parser), syntaxHighlighting(colours)]
