import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Form, Input, InputNumber, Select } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useVocabulary } from '../api/queries'
import { parseDuration, splitDuration, writeDuration, type Unit } from '../model/duration'
import { isObject, parseJson, writeJson, type Json, type JsonObject } from '../model/json'

const sizes: Record<Unit, number> = { d: 86_400, h: 3_600, m: 60, s: 1 }

export const Field = ({ label, hint, children }: { label: ReactNode; hint?: string; children: ReactNode }) => (
  <Form.Item label={label} extra={hint}>{children}</Form.Item>
)

interface Editing<T> {
  value: T | undefined
  onChange(value: T | undefined): void
  label: string
}

/** An amount and a unit. A text that is no duration is shown as it is, so that it can be mended. */
export function DurationField({ value, onChange, label, negative }: Editing<string> & { negative?: boolean }) {
  const { t } = useTranslation()
  const seconds = value === undefined ? null : parseDuration(value)
  const known = seconds === null || seconds === 0 ? null : splitDuration(seconds)
  const [wish, setWish] = useState<Unit>('d')
  const unit = known?.unit ?? wish
  if (value && seconds === null) return <Input status="error" aria-label={label} value={value} onChange={(typed) => onChange(typed.target.value || undefined)} />
  return (
    <div className="row">
      <InputNumber
        aria-label={label} className="wide" style={{ width: '100%' }} precision={0} min={negative ? -100_000 : 1} max={100_000} value={known?.amount ?? null}
        onChange={(amount) => onChange(amount ? writeDuration(amount * sizes[unit]) : undefined)}
      />
      <Select
        aria-label={`${label}: ${t(`unit.${unit}`)}`} style={{ width: 110 }} value={unit} options={(Object.keys(sizes) as Unit[]).map((one) => ({ value: one, label: t(`unit.${one}`) }))}
        onChange={(chosen) => {
          setWish(chosen)
          if (known) onChange(writeDuration(known.amount * sizes[chosen]))
        }}
      />
    </div>
  )
}

/** Free text with what was seen as suggestions. */
export function Suggest({ value, onChange, label, options, placeholder }: Editing<string> & { options: string[]; placeholder?: string }) {
  return (
    <AutoComplete
      aria-label={label} style={{ width: '100%' }} value={value ?? ''} placeholder={placeholder} onChange={(text: string) => onChange(text || undefined)} options={options.map((one) => ({ value: one }))}
      showSearch={{ filterOption: (typed, option) => option!.value.toLowerCase().includes(typed.toLowerCase()) }}
    />
  )
}

export function EventField({ value, onChange, label }: Editing<string>) {
  const vocabulary = useVocabulary()
  return <Suggest value={value} onChange={onChange} label={label} options={vocabulary.data?.events ?? []} placeholder="order_paid" />
}

export function NamesField({ value, onChange, label, options = [], placeholder }: Editing<string[]> & { options?: string[]; placeholder?: string }) {
  return (
    <Select
      mode="tags" aria-label={label} style={{ width: '100%' }} value={value ?? []} placeholder={placeholder} options={options.map((one) => ({ value: one }))} tokenSeparators={[',', '，']}
      onChange={(names: string[]) => onChange(names.length > 0 ? names : undefined)}
    />
  )
}

const halfHours = Array.from({ length: 48 }, (_, i) => `${String(Math.floor(i / 2)).padStart(2, '0')}:${i % 2 ? '30' : '00'}`)

/** A time of day on the 24-hour clock; the browser's own field would follow its language and not the page's. */
export function TimeField({ value, onChange, label }: Editing<string>) {
  const [text, setText] = useState(value ?? '')
  useEffect(() => setText(value ?? ''), [value])
  const isTime = text === '' || /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
  return (
    <AutoComplete
      aria-label={label} style={{ width: 100 }} status={isTime ? undefined : 'error'} value={text} placeholder="10:00" options={halfHours.map((one) => ({ value: one }))}
      showSearch={{ filterOption: (typed, option) => !typed || typed === value || option!.value.startsWith(typed) }}
      onChange={(typed: string) => {
        setText(typed)
        if (typed === '') onChange(undefined)
        else if (/^([01]\d|2[0-3]):[0-5]\d$/.test(typed)) onChange(typed)
      }}
    />
  )
}

/** Free values: a name and a value each. What looks like JSON is JSON, the rest is text. */
export function BagField({ value, onChange, label, names = [] }: Editing<JsonObject> & { names?: string[] }) {
  const { t } = useTranslation()
  const pairs = Object.entries(value ?? {})
  const write = (next: [string, Json | undefined][]) => onChange(next.length > 0 ? Object.fromEntries(next) : undefined)
  return (
    <div className="stack" aria-label={label} role="group">
      {pairs.map(([name, one], i) => (
        <div key={i} className="row">
          <AutoComplete
            className="wide" aria-label={`${label}: ${t('common.name')}`} value={name} options={names.map((known) => ({ value: known }))}
            onChange={(text: string) => (text === name || !(text in (value ?? {}))) && write(pairs.map((pair, at) => (at === i ? [text, one] : pair)))}
          />
          <Input className="wide" aria-label={`${label}: ${t('form.value')}`} value={asText(one)} onChange={(typed) => write(pairs.map((pair, at) => (at === i ? [name, asValue(typed.target.value)] : pair)))} />
          <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={() => write(pairs.filter((_, at) => at !== i))} />
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} disabled={'' in (value ?? {})} onClick={() => write([...pairs, ['', '']])}>{t('form.addPair')}</Button>
    </div>
  )
}

const asText = (value: Json | undefined) =>
  typeof value === 'string' && typeof asValue(value) === 'string' ? value : writeJson(value ?? null, null)

function asValue(text: string): Json {
  if (!/^(true|false|null|-?\d|[[{"])/.test(text.trim())) return text
  try {
    const value = parseJson(text)
    return isObject(value) || Array.isArray(value) || typeof value !== 'object' || value === null ? value : value
  } catch {
    return text
  }
}
