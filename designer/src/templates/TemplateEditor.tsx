import { Alert, Button, Form, Input, Segmented, Space } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../api/client'
import { useConnectors, useSettings, useVocabulary } from '../api/queries'
import { Field } from '../forms/fields'
import { DocumentEditor } from '../pages/DocumentEditor'
import { findingText } from '../sentence/findings'
import { Preview } from './Preview'
import type { JsonSchema } from './schema'
import { SchemaForm } from './SchemaForm'
import './templates.css'
import { usePreview, wrongFields, type Reader } from './usePreview'
import { sampleOf, useVariables } from './variables'

export interface TemplateDocument {
  key: string
  channel: string
  name?: string
  content: Record<string, unknown>
}

interface Props {
  document: TemplateDocument
  isNew?: boolean
  /** Events after which it is sent, where that is known. */
  events?: string[]
  steps?: string[]
  onSave(document: unknown): Promise<void>
}

/** A template: the form its channel asks for, and what a contact would see of it. */
export function TemplateEditor({ document: before, isNew = false, events, steps, onSave }: Props) {
  const { t } = useTranslation()
  const [document, setDocument] = useState(before)
  const [mode, setMode] = useState<'form' | 'document'>('form')
  const [wrong, setWrong] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [reader, setReader] = useState<Reader>({ contact: null, event: null, properties: {} })
  const schema = useMessageSchema(document.channel)
  const variables = useVariables(events ?? (reader.event ? [reader.event] : undefined), steps)
  const seen = usePreview(document, reader)
  const faults = useMemo(() => wrongFields(seen.preview), [seen.preview])
  useFirstReader(reader, setReader, events?.[0], document)
  const isChanged = isNew || JSON.stringify(document) !== JSON.stringify(before)
  const save = async (next: unknown = document) => {
    setBusy(true)
    try {
      await onSave(next)
      setWrong(null)
    } catch (problem) {
      if (mode === 'document') throw problem
      setWrong(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form component={false} layout="vertical">
    <div className="template">
      <div className="template-form">
        <Segmented size="small" value={mode} onChange={setMode} options={[{ value: 'form', label: t('template.form') }, { value: 'document', label: t('template.document') }]} style={{ marginBottom: 14 }} />
        {mode === 'document' ? <DocumentEditor document={document} isNew={isNew} onSave={async (next) => (await save(next), setDocument(next as TemplateDocument))} /> : (
          <div
            onKeyDown={(press) => press.key === 's' && (press.ctrlKey || press.metaKey) && (press.preventDefault(), void save())}
          >
            <Field label={t('template.name')}><Input aria-label={t('template.name')} value={document.name ?? ''} placeholder={document.key} onChange={(typed) => setDocument(named(document, typed.target.value))} /></Field>
            {schema && <SchemaForm schema={schema} value={document.content ?? {}} onChange={(content) => setDocument({ ...document, content })} variables={variables} wrong={faults} />}
            {wrong instanceof Problem && <Alert style={{ marginTop: 12 }} type="error" showIcon title={wrong.message} description={wrong.findings.length > 0 && <ul>{wrong.findings.map((one, i) => <li key={i}>{findingText(one)}</li>)}</ul>} />}
            <Space style={{ marginTop: 18 }}>
              <Button type="primary" loading={busy} disabled={!isChanged} onClick={() => void save()}>{t('common.save')}</Button>
              <span className="soft">{t('documents.live')}</span>
            </Space>
          </div>
        )}
      </div>
      <Preview document={document} reader={reader} onReader={setReader} seen={seen} />
    </div>
    </Form>
  )
}

function named(document: TemplateDocument, name: string): TemplateDocument {
  const { key, name: _, ...rest } = document
  return name.trim() ? { key, name, ...rest } : { key, ...rest }
}

/** What the channel's own account asks for, else the first connector that speaks it. */
function useMessageSchema(channel: string): JsonSchema | undefined {
  const connectors = useConnectors().data
  const settings = useSettings().data
  return useMemo(() => {
    const own = settings?.accounts?.[channel]
    const speaking = (connectors ?? []).filter((one) => one.channels.some((each) => each.key === channel))
    const chosen = speaking.find((one) => one.key === own) ?? speaking[0]
    return chosen?.channels.find((one) => one.key === channel)?.message_schema as JsonSchema | undefined
  }, [connectors, settings, channel])
}

/** Somebody real to begin with, so that the first preview is not full of gaps. */
function useFirstReader(reader: Reader, setReader: (reader: Reader) => void, event: string | undefined, document: TemplateDocument) {
  const vocabulary = useVocabulary().data
  const [isDone, setDone] = useState(false)
  useEffect(() => {
    if (!vocabulary || isDone) return
    setDone(true)
    const seen = vocabulary.seen.find((one) => one.name === event) ?? likelyEvent(vocabulary.seen, document)
    setReader({ contact: reader.contact ?? vocabulary.someone ?? null, event: seen?.name ?? reader.event, properties: seen ? sampleOf(seen) : reader.properties })
  }, [vocabulary, isDone, event, document, reader, setReader])
}

/** The event that has what the template reads of one. */
function likelyEvent<T extends { properties: { name: string }[] }>(events: T[], document: TemplateDocument): T | undefined {
  const read = [...new Set([...JSON.stringify(document.content ?? {}).matchAll(/\bevent\.([\p{L}_][\p{L}\p{Nd}_]*)/gu)].map((match) => match[1]!))]
  return read.length === 0 ? undefined : events.find((one) => read.every((name) => one.properties.some((property) => property.name === name)))
}
