import { AutoComplete } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldSelectorProps } from 'react-querybuilder'
import { fieldName } from '../sentence/sentence'

const areas = ['contact', 'event', 'history', 'tags', 'segments', 'lists', 'consent', 'quota', 'steps'] as const

/** The fields in groups, with search; a field that was never seen can be typed. */
export function FieldChooser({ options, value, handleOnChange }: FieldSelectorProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(value ?? '')
  useEffect(() => setText(value ?? ''), [value])
  const all = options.flatMap((one) => ('options' in one ? one.options : [one])) as unknown as { name: string; label: string }[]
  const grouped = areas.map((area) => ({
    label: t(area === 'steps' ? 'rules.step' : `rules.${area}`), options: all.filter((one) => one.name.split('.')[0] === area).map((one) => ({ value: one.name, label: fieldName(one.name, t) })),
  })).filter((group) => group.options.length > 0)
  return (
    <AutoComplete
      className="wide" style={{ minWidth: 170, flex: '1 1 170px' }} popupMatchSelectWidth={260} aria-label={t('rules.own')} value={text} options={grouped} placeholder="contact.city" title={fieldName(text, t)}
      showSearch={{ filterOption: (typed, option) => !typed || typed === value || `${String((option as { label?: string }).label)} ${String((option as { value?: string }).value)}`.toLowerCase().includes(typed.toLowerCase()) }}
      onChange={setText} onSelect={(chosen: string) => handleOnChange(chosen)} onBlur={() => text.trim() && text !== value && handleOnChange(text.trim())}
    />
  )
}
