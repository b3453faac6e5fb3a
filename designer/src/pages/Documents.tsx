import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Empty, Input, Menu } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { api, ask } from '../api/client'
import { useSegments, useTemplates } from '../api/queries'
import { Failure, PageHead, useTell } from '../app/parts'
import { channelName } from '../sentence/sentence'
import type { TemplateDocument } from '../templates/TemplateEditor'
import { NewDocument, type Kind } from './NewDocument'
import { SegmentEditor, type SegmentDocument } from './SegmentEditor'

const TemplateEditor = lazy(() => import('../templates/TemplateEditor').then((all) => ({ default: all.TemplateEditor })))

/** Templates and segments: a list, and the chosen one as a form. */
export default function Documents({ kind }: { kind: Kind }) {
  return <Inside key={kind} kind={kind} />
}

function Inside({ kind }: { kind: Kind }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const { key } = useParams()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const tell = useTell()
  const templates = useTemplates()
  const segments = useSegments()
  const list = kind === 'templates' ? templates : segments
  const [fresh, setFresh] = useState<{ key: string; document: unknown } | null>(null)
  const [making, setMaking] = useState(false)
  const [text, setText] = useState('')
  const known = list.data?.find((one) => one.key === key)
  const open = known ?? (fresh && fresh.key === key ? { ...fresh, revision: 0, sweeps: null } : null)
  const path = kind === 'templates' ? ('/api/templates/{key}' as const) : ('/api/segments/{key}' as const)
  const save = async (document: unknown) => {
    await ask(api.PUT(path, { params: { path: { key: key! } }, headers: { 'If-Match': `"${open!.revision}"` }, body: document as never }))
    setFresh(null)
    await queries.invalidateQueries({ queryKey: [kind] })
    tell.done(t('common.saved'))
  }
  const remove = () =>
    modal.confirm({
      title: t('documents.deleteAsk', { key }), okText: t('journeys.delete'), okButtonProps: { danger: true },
      onOk: () => ask(api.DELETE(path, { params: { path: { key: key! } } })).then(() => (void queries.invalidateQueries({ queryKey: [kind] }), void navigate(`/${kind}`))).catch(tell.failed),
    })
  const wanted = list.data?.filter((one) => `${one.key} ${nameOf(one.document)}`.toLowerCase().includes(text.toLowerCase()))
  const hint = t(kind === 'templates' ? 'template.empty' : 'segment.empty')
  return (
    <>
      <PageHead title={t(`app.${kind}`)}>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>{t(kind === 'templates' ? 'documents.newTemplate' : 'documents.newSegment')}</Button>
      </PageHead>
      <Failure wrong={list.error} again={() => void list.refetch()} />
      <div className="documents">
        <Card size="small" loading={list.isPending} className="document-list">
          {(list.data?.length ?? 0) > 6 && <Input.Search size="small" allowClear placeholder={t('common.search')} aria-label={t('common.search')} value={text} onChange={(typed) => setText(typed.target.value)} style={{ marginBottom: 6 }} />}
          {list.data?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('common.nothing')} />}
          <Menu
            selectedKeys={key ? [key] : []} onClick={(chosen) => void navigate(`/${kind}/${chosen.key}`)}
            items={wanted?.map((one) => ({
              key: one.key, label: <span className="document-line"><span>{nameOf(one.document) ?? one.key}</span>{channelOf(one.document) && <small>{channelName(channelOf(one.document)!, t)}</small>}</span>,
            }))}
          />
        </Card>
        {open ? (
          <Card title={<>{nameOf(open.document) ?? open.key} {nameOf(open.document) && <span className="key">{open.key}</span>}</>} extra={known && <Button type="text" danger icon={<DeleteOutlined />} aria-label={t('journeys.delete')} title={t('journeys.delete')} onClick={remove} />}>
            {kind === 'templates'
              ? <Suspense><TemplateEditor key={`${open.key}/${open.revision}`} document={open.document as TemplateDocument} onSave={save} isNew={open.revision === 0} /></Suspense>
              : <SegmentEditor key={`${open.key}/${open.revision}`} document={open.document as SegmentDocument} sweeps={open.sweeps} onSave={save} isNew={open.revision === 0} />}
          </Card>
        ) : (
          <Card><Empty description={list.data?.length === 0 ? hint : t('documents.choose')}>{list.data?.length === 0 && <Button type="primary" onClick={() => setMaking(true)}>{t(kind === 'templates' ? 'documents.newTemplate' : 'documents.newSegment')}</Button>}</Empty></Card>
        )}
      </div>
      {making && (
        <NewDocument
          kind={kind} taken={list.data?.map((one) => one.key) ?? []} onClose={() => setMaking(false)}
          onMake={(made) => (setMaking(false), setFresh(made), void navigate(`/${kind}/${made.key}`))}
        />
      )}
    </>
  )
}

const channelOf = (document: unknown) => (document as { channel?: string } | null)?.channel
const nameOf = (document: unknown) => (document as { name?: string } | null)?.name
