import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldSelectorProps } from 'react-querybuilder'
import { fieldName } from '../sentence/sentence'

const areas = ['contact', 'event', 'history', 'tags', 'segments', 'lists', 'consent', 'quota', 'steps'] as const

/** The fields in groups, with search; a field that was never seen can be typed. */
export function FieldChooser({ options, value, handleOnChange }: FieldSelectorProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const all = options.flatMap((one) => ('options' in one ? one.options : [one])) as unknown as { name: string }[]
  const grouped = areas.map((area) => ({
    label: t(area === 'steps' ? 'rules.step' : `rules.${area}`),
    options: all.filter((one) => one.name.split('.')[0] === area).map((one) => ({ value: one.name, label: fieldName(one.name, t), found: `${fieldName(one.name, t)} ${one.name}`.toLowerCase() })),
  })).filter((group) => group.options.length > 0)
  const typed = text.trim()
  const own = typed && !all.some((one) => one.name === typed || fieldName(one.name, t) === typed) ? [{ label: t('rules.own'), options: [{ value: typed, label: typed, found: typed.toLowerCase() }] }] : []
  return (
    <Select
      className="rule-field" style={{ minWidth: 190, flex: '1 1 190px' }} popupMatchSelectWidth={300} listHeight={320} aria-label={t('rules.own')} value={value || undefined} placeholder="contact.city" title={value}
      options={[...grouped, ...own]} onChange={handleOnChange} notFoundContent={null}
      showSearch={{ onSearch: setText, filterOption: (words, option) => ((option as { found?: string } | undefined)?.found ?? '').includes(words.toLowerCase()) }}
    />
  )
}
