import { CopyOutlined, DownloadOutlined, LinkOutlined } from '@ant-design/icons'
import { Alert, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTell } from '../app/parts'
import { writeJourney } from '../model/document'
import { useDraft, useJourney } from './draft'

/** The document itself: to copy, to download as JSON or YAML, to paste or drop another over it. */
export function DocumentView({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const draft = useDraft()
  const tell = useTell()
  const journey = useJourney()
  const [text, setText] = useState(() => writeJourney(journey))
  const [wrong, setWrong] = useState<string | null>(null)
  const take = async () => {
    try {
      const { readAny } = await import('../model/yaml')
      // It stays this journey, whatever the other was called.
      draft.edit({ ...(await readAny(text)), key: journey.key })
      onClose()
    } catch (problem) {
      setWrong(t('imports.bad', { why: (problem as Error).message }))
    }
  }
  const yaml = async () => save(`${journey.key}.yaml`, (await import('../model/yaml')).writeYaml(journey), 'application/yaml')
  const link = () => void navigator.clipboard.writeText(`${location.origin}${location.pathname}#/journeys/${journey.key}`).then(() => tell.done(t('imports.linked')), tell.failed)
  return (
    <Modal
      open width={820} title={`${t('operate.json')} · ${journey.key}`} onCancel={onClose}
      footer={[
        <Button key="link" icon={<LinkOutlined />} onClick={link}>{t('imports.link')}</Button>,
        <Button key="copy" icon={<CopyOutlined />} onClick={() => void navigator.clipboard.writeText(text).then(() => tell.done(t('canvas.copied')), tell.failed)}>{t('operate.jsonCopy')}</Button>,
        <Button key="json" icon={<DownloadOutlined />} onClick={() => save(`${journey.key}.json`, writeJourney(journey), 'application/json')}>{t('imports.json')}</Button>,
        <Button key="yaml" icon={<DownloadOutlined />} onClick={() => void yaml()}>{t('imports.yaml')}</Button>,
        <Button key="take" type="primary" disabled={text === writeJourney(journey)} onClick={() => void take()}>{t('operate.take')}</Button>,
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

function save(name: string, text: string, type: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
