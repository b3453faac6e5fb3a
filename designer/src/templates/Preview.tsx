import { SendOutlined } from '@ant-design/icons'
import { Alert, App, Button, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../api/client'
import { useVocabulary } from '../api/queries'
import { Failure, useTell } from '../app/parts'
import { Field } from '../forms/fields'
import { count } from '../i18n'
import { reasonText } from '../sentence/facts'
import { PersonField } from './PersonField'
import { Phone } from './Phone'
import { billOf, keepPrice, priceNow, withSign } from './sms'
import type { Reader, Seen } from './usePreview'
import { sampleOf } from './variables'

interface Props {
  document: { channel?: string }
  reader: Reader
  onReader(reader: Reader): void
  seen: Seen
}

/** The message beside its form: as any contact would get it, what it costs, and a test into the sandbox. */
export function Preview({ document, reader, onReader, seen }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const tell = useTell()
  const events = useVocabulary().data?.seen ?? []
  const [busy, setBusy] = useState(false)
  const content = (seen.preview?.content ?? null) as Record<string, unknown> | null
  const test = async () => {
    setBusy(true)
    try {
      await ask(api.POST('/api/templates/test', { body: { document, contact: reader.contact, event: reader.event, properties: reader.properties } as never }))
      // The message hangs over the whole page, outside of the router: its link is the browser's own.
      void message.success(<span>{t('template.tested')} <a href="#/mailbox">{t('template.mailbox')}</a></span>, 6)
    } catch (wrong) {
      tell.failed(wrong)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="preview" aria-label={t('template.preview')}>
      <Field label={t('template.as')}><PersonField label={t('template.as')} width="100%" value={reader.contact} onChange={(contact) => onReader({ ...reader, contact })} /></Field>
      {events.length > 0 && (
        <Field label={t('template.withEvent')}>
          <Select
            allowClear showSearch style={{ width: '100%' }} aria-label={t('template.withEvent')} placeholder={t('template.noEvent')} value={reader.event ?? undefined} options={events.map((one) => ({ value: one.name, label: one.name }))}
            onChange={(event: string | undefined) => onReader({ ...reader, event: event ?? null, properties: sampleOf(events.find((one) => one.name === event)) })}
          />
        </Field>
      )}
      <Failure wrong={seen.wrong} />
      <Phone channel={document.channel ?? ''} content={content} />
      {seen.preview?.error && <Alert type="error" showIcon title={t('template.fault', { why: seen.preview.error })} />}
      {document.channel === 'sms' && typeof content?.text === 'string' && <Cost text={withSign(content.text, content.sign as string | undefined)} />}
      {seen.preview?.refused && reader.contact !== null && <Alert type="warning" showIcon title={t('template.refused', { reason: reasonText(seen.preview.refused, t) })} />}
      <Button block icon={<SendOutlined />} loading={busy} disabled={!content} onClick={() => void test()}>{t('template.test')}</Button>
    </section>
  )
}

function Cost({ text }: { text: string }) {
  const { t } = useTranslation()
  const [price, setPrice] = useState(priceNow)
  const { characters, segments } = billOf(text)
  return (
    <div className="cost">
      <b>{t('template.segments', { count: segments })}</b> · {t('template.characters', { count: characters })} · {t('template.cost', { amount: count(Number((segments * price).toFixed(3))) })}
      <InputNumber size="small" min={0} max={10} step={0.005} style={{ width: 90 }} aria-label={t('template.price')} title={t('template.price')} value={price} onChange={(next) => (setPrice(next ?? 0), keepPrice(next ?? 0))} />
    </div>
  )
}
