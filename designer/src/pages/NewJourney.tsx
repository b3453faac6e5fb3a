import { Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api, ask } from '../api/client'
import { useTell } from '../app/parts'
import { freshId } from '../model/commands'
import { packJourney, readJourney } from '../model/document'
import type { Journey } from '../model/journey'
import { parseJson } from '../model/json'
import { gallery } from './ready'

interface Fields {
  name: string
  key: string
  start?: string
}

interface Props {
  from: string | null
  /** Which ready journey to begin with. */
  start?: string
  /** A journey from a file. */
  dropped?: Journey
  taken: string[]
  onClose(): void
}

/** A new journey: empty, from the gallery, or a copy of another. */
export function NewJourney({ from, start, dropped, taken, onClose }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const tell = useTell()
  const [form] = Form.useForm<Fields>()
  const [busy, setBusy] = useState(false)
  // Until somebody writes a key of their own, it follows the name.
  const [hasOwnKey, setHasOwnKey] = useState(false)
  const create = async ({ name, key, start: ready }: Fields) => {
    setBusy(true)
    try {
      const body = dropped ?? (from ? await copyOf(from) : gallery.find((one) => one.key === ready)?.make() ?? { trigger: { on: 'event', event: '' }, steps: [] } as Omit<Journey, 'key'>)
      const journey = { ...body, key, name }
      await ask(api.PUT('/api/journeys/{key}', {
        params: { path: { key } }, headers: { 'Content-Type': 'application/json' }, body: journey as never, bodySerializer: () => packJourney(journey),
      }))
      void navigate(`/journeys/${key}`)
    } catch (wrong) {
      tell.failed(wrong)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal open title={from ? t('journeys.duplicate') : t('journeys.new')} okText={t('common.ok')} confirmLoading={busy} onOk={() => form.submit()} onCancel={onClose}>
      <Form<Fields> form={form} layout="vertical" onFinish={create} initialValues={{ name: dropped?.name ?? (start ? t(`gallery.${start}`) : ''), key: fresh(dropped?.key ?? (from ? `${from}-copy` : (start ?? '')), taken), start: start ?? 'blank' }} requiredMark={false}>
        <Form.Item name="name" label={t('journeys.name')} rules={[{ required: true, whitespace: true, message: t('journeys.name') }]}>
          <Input autoFocus onChange={(typed) => !hasOwnKey && !from && !dropped && (keyFor(typed.target.value) || !start) && form.setFieldValue('key', keyFor(typed.target.value))} />
        </Form.Item>
        <Form.Item
          name="key" label={t('journeys.key')} extra={t('journeys.keyHint')}
          rules={[{ required: true, pattern: /^[A-Za-z0-9_-]{1,64}$/, message: t('journeys.keyHint') }, { validator: (_, key: string) => (taken.includes(key) ? Promise.reject(new Error(t('journeys.exists'))) : Promise.resolve()) }]}
        >
          <Input onChange={() => setHasOwnKey(true)} />
        </Form.Item>
        {!from && !dropped && (
          <Form.Item name="start" label={t('journeys.startWith')}>
            <Select options={[{ value: 'blank', label: t('journeys.blank') }, ...gallery.map((one) => ({ value: one.key, label: t(`gallery.${one.key}`) }))]} />
          </Form.Item>
        )}
        <button type="submit" hidden tabIndex={-1} />
      </Form>
    </Modal>
  )
}

// A key has letters that go into addresses; a Chinese name gives none, so its author chooses.
const keyFor = (name: string) => name.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 64)

const fresh = (key: string, taken: string[]) => (key && taken.includes(key) ? freshId(taken, key) : key)

async function copyOf(key: string): Promise<Journey> {
  const text = await ask(api.GET('/api/journeys/{key}', { params: { path: { key } }, parseAs: 'text' }))
  const answer = parseJson(text as unknown as string) as { draft?: object; published?: object }
  return readJourney(packJourney((answer.draft ?? answer.published) as Journey))
}
