import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../api/client'

interface Props {
  document: unknown
  isNew?: boolean
  onSave(document: unknown): Promise<void>
}

/** A document as text. What the server refuses is told with its findings, and nothing typed is lost. */
export function DocumentEditor({ document, isNew = false, onSave }: Props) {
  const { t } = useTranslation()
  const before = JSON.stringify(document, null, 2)
  const [text, setText] = useState(before)
  const [wrong, setWrong] = useState<{ title: string; findings: string[] } | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (problem) {
      return setWrong({ title: t('documents.badJson', { why: (problem as Error).message }), findings: [] })
    }
    setBusy(true)
    try {
      await onSave(value)
      setWrong(null)
    } catch (problem) {
      setWrong({ title: (problem as Error).message, findings: problem instanceof Problem ? problem.findings.map((one) => `${one.pointer} ${one.message} (${one.code})`) : [] })
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="stack">
      <Input.TextArea
        className="mono" aria-label={t('documents.json')} value={text} spellCheck={false} autoSize={{ minRows: 12, maxRows: 30 }} onChange={(typed) => setText(typed.target.value)}
        onKeyDown={(press) => {
          if (press.key !== 's' || !(press.ctrlKey || press.metaKey)) return
          press.preventDefault()
          void save()
        }}
      />
      {wrong && <Alert type="error" showIcon title={wrong.title} description={wrong.findings.length > 0 && <ul>{wrong.findings.map((one) => <li key={one}>{one}</li>)}</ul>} />}
      <Button type="primary" loading={busy} disabled={text === before && !isNew} onClick={() => void save()}>{t('common.save')}</Button>
    </div>
  )
}
