import { autocompletion, completionKeymap, type CompletionContext } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { EditorState } from '@codemirror/state'
import { drawSelection, EditorView, keymap } from '@codemirror/view'
import { PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { templateLanguage } from './language'
import type { Variable } from './variables'

interface Props {
  label: string
  value: string
  onChange(value: string): void
  variables: Variable[]
  lines?: number
  invalid?: boolean
}

/** Text with variables: coloured, completed inside of double braces, and a menu for who does not want to type braces. */
export default function TemplateField({ label, value, onChange, variables, lines = 1, invalid = false }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const now = useRef({ onChange, variables })
  now.current = { onChange, variables }

  useEffect(() => {
    const complete = (context: CompletionContext) => {
      const word = context.matchBefore(/[\p{L}\p{Nd}_.]*/u)
      const before = context.state.doc.sliceString(0, word?.from ?? context.pos)
      if (before.lastIndexOf('{{') <= before.lastIndexOf('}}') || (word?.text === '' && !context.explicit && !/\{\{\s*$/.test(before))) return null
      return { from: word?.from ?? context.pos, options: now.current.variables.map((one) => ({ label: one.path, type: 'variable', ...(one.sample ? { detail: one.sample } : {}) })) }
    }
    view.current = new EditorView({
      parent: box.current!,
      state: EditorState.create({
        doc: value,
        extensions: [
          history(), drawSelection(), EditorView.lineWrapping, templateLanguage, autocompletion({ override: [complete], icons: false }),
          keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
          EditorView.updateListener.of((update) => update.docChanged && now.current.onChange(update.state.doc.toString())),
        ],
      }),
    })
    return () => view.current?.destroy()
    // The editor lives as long as the field; what changes is told to it below.
  }, [])

  useEffect(() => {
    const editor = view.current
    if (editor && editor.state.doc.toString() !== value) editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])

  const insert = (path: string) => {
    const editor = view.current!
    const { from, to } = editor.state.selection.main
    const text = `{{ ${path} }}`
    editor.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length } })
    editor.focus()
  }
  const groups = (['contact', 'event', 'steps', 'other'] as const)
    .map((group) => ({ group, of: variables.filter((one) => one.group === group) })).filter(({ of }) => of.length > 0)
  return (
    <div className={`tpl-field${invalid ? ' invalid' : ''}${lines > 1 ? ' tall' : ''}`}>
      <div ref={box} className="tpl-editor" style={{ minHeight: lines * 22 + 12 }} data-field={label} />
      <Dropdown
        trigger={['click']} placement="bottomRight"
        menu={{
          style: { maxHeight: 340, overflow: 'auto' },
          items: groups.map(({ group, of }) => ({
            key: group, type: 'group' as const, label: t(`variables.${group}`),
            children: of.map((one) => ({ key: one.path, label: <span className="tpl-choice"><code>{one.path}</code>{one.sample !== undefined && <span className="soft">{one.sample}</span>}</span>, onClick: () => insert(one.path) })),
          })),
        }}
      >
        <Button size="small" type="text" className="tpl-insert" icon={<PlusOutlined />} aria-label={`${t('variables.insert')}: ${label}`} title={t('variables.insert')}>{lines > 1 ? t('variables.insert') : ''}</Button>
      </Dropdown>
    </div>
  )
}
