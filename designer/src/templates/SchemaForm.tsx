import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber, Select, Switch } from 'antd'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Field, NamesField } from '../forms/fields'
import { firstFields, hintOf, shapeOf, titleOf, type JsonSchema } from './schema'
import type { Variable } from './variables'

const TemplateField = lazy(() => import('./TemplateField'))

type Bag = Record<string, unknown>
interface Props {
  schema: JsonSchema
  value: Bag
  onChange(value: Bag): void
  /** With variables texts are templates; without they are plain. */
  variables?: Variable[]
  /** Paths with something wrong in them, as `text` or `data.thing1`. */
  wrong?: Map<string, string>
  path?: string
}

/** A form over a JSON Schema: what must be there first, the rest when it is asked for. */
export function SchemaForm({ schema, value, onChange, variables, wrong, path = '' }: Props) {
  const { t } = useTranslation()
  const properties = schema.properties ?? {}
  const first = firstFields(schema)
  const names = Object.keys(properties)
  const isEmpty = names.every((name) => value[name] === undefined)
  const shown = names.filter((name) => value[name] !== undefined || schema.required?.includes(name) || (isEmpty && first.includes(name)))
  const rest = names.filter((name) => !shown.includes(name))
  const set = (name: string, to: unknown) => {
    const { [name]: _, ...others } = value
    onChange(to === undefined ? others : { ...value, [name]: to })
  }
  return (
    <>
      {shown.map((name) => {
        const inner = properties[name]!
        const title = titleOf(name, inner)
        const at = path ? `${path}.${name}` : name
        const mayGo = !schema.required?.includes(name) && !(shown.length === 1 && first.includes(name))
        return (
          <Field
            key={name} hint={hintOf(inner)}
            label={<span className="field-label">{title}{mayGo && <Button size="small" type="text" className="field-gone" icon={<DeleteOutlined />} aria-label={`${t('common.remove')}: ${title}`} onClick={() => set(name, undefined)} />}</span>}
          >
            <One schema={inner} title={title} value={value[name]} onChange={(to) => set(name, to)} variables={variables} wrong={wrong} path={at} />
            {wrong?.get(at) && <div className="field-wrong">{wrong.get(at)}</div>}
          </Field>
        )
      })}
      {rest.length > 0 && (
        <div className="field-more">
          {rest.map((name) => <Button key={name} size="small" type="dashed" icon={<PlusOutlined />} onClick={() => set(name, startOf(properties[name]!))}>{titleOf(name, properties[name]!)}</Button>)}
        </div>
      )}
    </>
  )
}

interface OneProps extends Omit<Props, 'value' | 'onChange'> {
  title: string
  value: unknown
  onChange(value: unknown): void
}

function One({ schema, title, value, onChange, variables, wrong, path }: OneProps) {
  const label = title
  switch (shapeOf(schema)) {
    case 'text':
      if (!variables) {
        return schema.writeOnly
          ? <Input.Password aria-label={label} autoComplete="new-password" value={text(value)} onChange={(typed) => onChange(typed.target.value || undefined)} />
          : <Input aria-label={label} value={text(value)} onChange={(typed) => onChange(typed.target.value || undefined)} />
      }
      return (
        <Suspense fallback={<Input.TextArea aria-label={label} value={text(value)} readOnly />}>
          <TemplateField label={label} value={text(value)} onChange={onChange} variables={variables} lines={path === 'text' ? 5 : 1} invalid={Boolean(wrong?.get(path!))} />
        </Suspense>
      )
    case 'number':
      return <InputNumber aria-label={label} style={{ width: 160 }} min={schema.minimum} max={schema.maximum} placeholder={schema.default === undefined ? undefined : String(schema.default)} value={typeof value === 'number' ? value : null} onChange={(number) => onChange(number ?? undefined)} />
    case 'flag':
      return <Switch aria-label={label} checked={(value ?? schema.default) === true} onChange={onChange} />
    case 'choice':
      return <Select aria-label={label} style={{ minWidth: 200 }} value={(value ?? schema.default) as string} options={schema.enum!.map((one) => ({ value: one, label: String(one) }))} onChange={onChange} />
    case 'words':
      return <NamesField label={label} value={Array.isArray(value) ? value.map(String) : []} onChange={onChange} />
    case 'object':
      return <div className="case"><SchemaForm schema={schema} value={bag(value)} onChange={onChange} variables={variables} wrong={wrong} path={path} /></div>
    case 'pairs':
      return <Pairs label={label} value={bag(value)} onChange={onChange} variables={variables} wrong={wrong} path={path} />
    default:
      return <Input.TextArea className="mono" aria-label={label} autoSize defaultValue={JSON.stringify(value, null, 2)} onBlur={(left) => onChange(parsed(left.target.value, value))} />
  }
}

function Pairs({ label, value, onChange, variables, wrong, path }: { label: string; value: Bag; onChange(value: Bag): void } & Pick<Props, 'variables' | 'wrong' | 'path'>) {
  const { t } = useTranslation()
  const pairs = Object.entries(value)
  const write = (next: [string, unknown][]) => onChange(Object.fromEntries(next))
  return (
    <div className="stack" role="group" aria-label={label}>
      {pairs.map(([name, one], i) => (
        <div key={i} className="row">
          <Input style={{ width: 130 }} aria-label={`${label}: ${t('template.pairName')} ${i + 1}`} defaultValue={name} onBlur={(left) => left.target.value !== name && write(pairs.map((pair, at) => (at === i ? [left.target.value, one] : pair)))} />
          <span className="wide">
            {variables ? (
              <Suspense><TemplateField label={`${label}: ${name}`} value={text(one)} onChange={(to) => write(pairs.map((pair, at) => (at === i ? [name, to] : pair)))} variables={variables} invalid={Boolean(wrong?.get(`${path}.${name}`))} /></Suspense>
            ) : <Input aria-label={`${label}: ${name}`} value={text(one)} onChange={(typed) => write(pairs.map((pair, at) => (at === i ? [name, typed.target.value] : pair)))} />}
          </span>
          <Button type="text" icon={<DeleteOutlined />} aria-label={`${t('common.remove')}: ${name}`} onClick={() => write(pairs.filter((_, at) => at !== i))} />
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} disabled={'' in value} onClick={() => write([...pairs, ['', '']])}>{t('form.addPair')}</Button>
    </div>
  )
}

const text = (value: unknown) => (value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value))
const bag = (value: unknown): Bag => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Bag) : {})

function startOf(schema: JsonSchema): unknown {
  switch (shapeOf(schema)) {
    case 'number': return schema.default ?? schema.minimum ?? 0
    case 'flag': return schema.default ?? false
    case 'choice': return schema.default ?? schema.enum![0]
    case 'words': return []
    case 'object':
    case 'pairs': return {}
    default: return ''
  }
}

function parsed(written: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(written)
  } catch {
    return otherwise
  }
}
