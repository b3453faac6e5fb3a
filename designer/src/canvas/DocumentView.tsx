import { Alert, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readJourney, writeJourney } from '../model/document'
import { useDraft, useJourney } from './draft'

/** The document itself: to copy, to download, to paste or drop another over it. */
export function DocumentView({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const draft = useDraft()
  const journey = useJourney()
  const [text, setText] = useState(() => writeJourney(journey))
  const [wrong, setWrong] = useState<string | null>(null)
  const take = () => {
    try {
      // It stays this journey, whatever the other was called.
      draft.edit({ ...readJourney(text), key: journey.key })
      onClose()
    } catch (problem) {
      setWrong(t('documents.badJson', { why: (problem as Error).message }))
    }
  }
  const download = () => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([writeJourney(journey)], { type: 'application/json' }))
    link.download = `${journey.key}.json`
    link.click()
    URL.revokeObjectURL(link.href)
  }
  return (
    <Modal
      open width={760} title={`${t('operate.json')} · ${journey.key}.json`} onCancel={onClose}
      footer={[
        <Button key="copy" onClick={() => void navigator.clipboard?.writeText(text)}>{t('operate.jsonCopy')}</Button>,
        <Button key="download" onClick={download}>{t('common.download')}</Button>,
        <Button key="take" type="primary" disabled={text === writeJourney(journey)} onClick={take}>{t('operate.take')}</Button>,
      ]}
    >
      <p className="soft">{t('operate.import')}</p>
      {wrong && <Alert type="error" showIcon title={wrong} style={{ marginBottom: 8 }} />}
      <Input.TextArea
        className="mono" aria-label={t('operate.json')} value={text} rows={22} spellCheck={false} onChange={(typed) => setText(typed.target.value)}
        onDrop={(drop) => {
          const file = drop.dataTransfer.files[0]
          if (!file) return
          drop.preventDefault()
          void file.text().then(setText)
        }}
      />
    </Modal>
  )
}
