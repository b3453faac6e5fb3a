import { Alert, Button, Checkbox, Form, Input, Progress, Segmented, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem, type Schema } from '../api/client'
import { Field } from '../forms/fields'
import { count } from '../i18n'
import type { RuleGroup } from '../model/journey'
import { Matching } from '../rules/Matching'
import { RuleEditor } from '../rules/RuleEditor'
import { findingText } from '../sentence/findings'
import { DocumentEditor } from './DocumentEditor'

export interface SegmentDocument {
  key: string
  name?: string
  rule?: RuleGroup
  list?: boolean
}

interface Props {
  document: SegmentDocument
  isNew: boolean
  sweeps: Schema<'SweepAnswer'>[] | null | undefined
  onSave(document: unknown): Promise<void>
}

/** A segment: its name and its rule, with how many are in it while it is written. */
export function SegmentEditor({ document: before, isNew, sweeps, onSave }: Props) {
  const { t } = useTranslation()
  const [document, setDocument] = useState(before)
  const [mode, setMode] = useState<'form' | 'document'>('form')
  const [wrong, setWrong] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      await onSave(document)
      setWrong(null)
    } catch (problem) {
      setWrong(problem)
    } finally {
      setBusy(false)
    }
  }
  const sweep = sweeps?.[0]
  return (
    <div className="segment">
      <Segmented size="small" value={mode} onChange={setMode} options={[{ value: 'form', label: t('template.form') }, { value: 'document', label: t('template.document') }]} style={{ marginBottom: 14 }} />
      {sweep && <Alert type="info" style={{ marginBottom: 14 }} title={t('segment.sweep', { asked: count(sweep.asked), total: count(sweep.total) })} description={<Progress percent={Math.round((sweep.asked / Math.max(1, sweep.total)) * 100)} />} />}
      {mode === 'document' ? <DocumentEditor document={document} isNew={isNew} onSave={onSave} /> : (
        <Form component={false} layout="vertical">
          <Field label={t('segment.name')}><Input aria-label={t('segment.name')} value={document.name ?? ''} placeholder={document.key} onChange={(typed) => setDocument({ ...document, name: typed.target.value || undefined })} /></Field>
          <Checkbox checked={document.list ?? false} onChange={(ticked) => setDocument({ ...document, list: ticked.target.checked || undefined })} style={{ marginBottom: 14 }}>{t('segment.list')}</Checkbox>
          {!document.list && (
            <Field label={t('segment.rule')}>
              <RuleEditor label={t('segment.rule')} value={document.rule} onChange={(rule) => setDocument({ ...document, rule: rule ?? { combinator: 'and', rules: [] } })} />
              <Matching rule={document.rule} />
            </Field>
          )}
          {wrong instanceof Problem && <Alert style={{ marginBottom: 12 }} type="error" showIcon title={wrong.message} description={wrong.findings.length > 0 && <ul>{wrong.findings.map((one, i) => <li key={i}>{findingText(one)}</li>)}</ul>} />}
          <Space>
            <Button type="primary" loading={busy} disabled={!isNew && JSON.stringify(document) === JSON.stringify(before)} onClick={() => void save()}>{t('common.save')}</Button>
            <span className="soft">{t('documents.live')}</span>
          </Space>
        </Form>
      )}
    </div>
  )
}
