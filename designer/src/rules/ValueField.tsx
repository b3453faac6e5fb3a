import { AutoComplete, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ValueEditorProps } from 'react-querybuilder'
import { useSegments, useVocabulary, type Vocabulary } from '../api/queries'

const within = ['', '1d', '7d', '14d', '30d', '90d', '180d', '365d']

/** The value of a comparison, in the form that suits its field; for history also the window it counts in. */
export function ValueField({ field, operator, value, handleOnChange, rule, path, schema, context }: ValueEditorProps) {
  const { t } = useTranslation()
  const vocabulary = useVocabulary().data
  const segments = useSegments().data
  const area = field.split('.')[0]
  const counted = /^history\..*\.(count|sum:.*)$/.test(field)
  const label = t('form.value')
  const set = (prop: string, to: unknown) => schema.dispatchQuery(withProp(schema.getQuery() as never, path, prop, to) as never)
  if (operator === 'null' || operator === 'notNull') return null
  const many = operator === 'in' || operator === 'notIn' || operator === 'between' || operator === 'notBetween'
  const known = area === 'tags' ? vocabulary?.tags : area === 'lists' ? vocabulary?.lists : area === 'segments' ? segments?.map((one) => one.key) : undefined
  const samples = area === 'event' ? eventSamples(vocabulary, (context as { event?: string } | undefined)?.event, field.slice('event.'.length)) : []
  const sample = area === 'event' ? samples[0] : area === 'contact' ? vocabulary?.attributes.get(field.slice('contact.'.length)) : undefined
  return (
    <>
      {area === 'consent' ? (
        <Select aria-label={label} style={{ width: 90 }} value={value === true || value === 'true' ? 'true' : 'false'} onChange={(chosen) => handleOnChange(chosen === 'true')} options={[{ value: 'true', label: t('common.yes') }, { value: 'false', label: t('common.no') }]} />
      ) : many ? (
        <Select
          mode="tags" aria-label={label} style={{ minWidth: 150, flex: 1 }} tokenSeparators={[',', '，']} value={Array.isArray(value) ? value.map(String) : String(value ?? '').split(',').filter(Boolean)}
          onChange={(chosen: string[]) => handleOnChange(chosen.map((one) => asNumber(one, counted || typeof sample === 'number')))}
        />
      ) : counted || area === 'quota' || (typeof sample === 'number' && typeof value !== 'string') ? (
        <InputNumber aria-label={label} style={{ width: 100 }} value={value === '' || value === undefined ? null : Number(value)} onChange={(number) => handleOnChange(number ?? 0)} />
      ) : known || samples.some((one) => typeof one === 'string') ? (
        <AutoComplete aria-label={label} style={{ minWidth: 130, flex: 1 }} value={String(value ?? '')} options={(known ?? samples.map(String)).map((one) => ({ value: one }))} onChange={handleOnChange} />
      ) : (
        <Input
          aria-label={label} style={{ width: 'auto', minWidth: 100, flex: 1 }} value={String(value ?? '')} placeholder={sample === undefined ? undefined : String(sample)}
          onChange={(typed) => handleOnChange(typeof value === 'number' ? asNumber(typed.target.value, true) : typed.target.value)}
        />
      )}
      {counted && (
        <Select
          aria-label={t('rules.within')} style={{ width: 104 }} value={(rule as { within?: string }).within ?? ''} onChange={(chosen) => set('within', chosen || undefined)}
          options={[...new Set([...within, (rule as { within?: string }).within ?? ''])].map((one) => ({ value: one, label: one ? `${t('rules.within')} ${one}` : t('rules.ever') }))}
        />
      )}
    </>
  )
}

const asNumber = (text: string, wanted: boolean) => (wanted && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text)

const eventSamples = (vocabulary: Vocabulary | undefined, event: string | undefined, property: string): unknown[] =>
  (vocabulary?.seen ?? []).filter((one) => !event || one.name === event).flatMap((one) => one.properties.find((each) => each.name === property)?.samples ?? [])

interface Group {
  rules: Group[]
  [key: string]: unknown
}
const withProp = (group: Group, [first, ...rest]: number[], prop: string, to: unknown): Group => {
  if (first === undefined) {
    const { [prop]: _, ...others } = group
    return (to === undefined ? others : { ...others, [prop]: to }) as Group
  }
  return { ...group, rules: group.rules.map((one, i) => (i === first ? withProp(one, rest, prop, to) : one)) }
}
