import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState } from 'react'
import { api, ask } from '../api/client'
import { useTemplates } from '../api/queries'
import { NewDocument } from '../pages/NewDocument'
import { TemplateEditor, type TemplateDocument } from './TemplateEditor'

interface Props {
  /** The template to edit; a new one when null. */
  template: string | null
  channel: string
  events?: string[]
  steps?: string[]
  onClose(): void
  onSaved(key: string, channel: string): void
}

/** A template edited over the canvas, so that nobody has to leave the journey to write what it sends. */
export default function TemplateDialog({ template, channel, events, steps, onClose, onSaved }: Props) {
  const queries = useQueryClient()
  const templates = useTemplates().data ?? []
  const [fresh, setFresh] = useState<TemplateDocument | null>(null)
  const known = templates.find((one) => one.key === (template ?? fresh?.key))
  const document = (known?.document as TemplateDocument | undefined) ?? fresh
  if (!document) return <NewDocument kind="templates" channel={channel} taken={templates.map((one) => one.key)} onClose={onClose} onMake={(made) => setFresh(made.document as TemplateDocument)} />
  const save = async (written: unknown) => {
    const next = written as TemplateDocument
    await ask(api.PUT('/api/templates/{key}', { params: { path: { key: document.key } }, headers: { 'If-Match': `"${known?.revision ?? 0}"` }, body: next as never }))
    await queries.invalidateQueries({ queryKey: ['templates'] })
    onSaved(document.key, next.channel)
    onClose()
  }
  return (
    <Modal open width={1080} footer={null} onCancel={onClose} title={document.name ?? document.key} destroyOnHidden>
      <TemplateEditor key={document.key} document={document} isNew={!known} events={events} steps={steps} onSave={save} />
    </Modal>
  )
}
