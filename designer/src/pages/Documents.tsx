import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Empty, Form, Input, Menu, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { api, ask } from '../api/client'
import { useChannels, useSegments, useTemplates } from '../api/queries'
import { Failure, PageHead, useTell } from '../app/parts'
import { channelName } from '../sentence/sentence'
import { DocumentEditor } from './DocumentEditor'

type Kind = 'templates' | 'segments'

/** Templates and segments: a list, and the document of the chosen one. */
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
  const known = list.data?.find((one) => one.key === key)
  const open = known ?? (fresh && fresh.key === key ? { ...fresh, revision: 0 } : null)
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
  return (
    <>
      <PageHead title={t(`app.${kind}`)}>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>{t(kind === 'templates' ? 'documents.newTemplate' : 'documents.newSegment')}</Button>
      </PageHead>
      <Failure wrong={list.error} again={() => void list.refetch()} />
      <div className="documents">
        <Card size="small" loading={list.isPending}>
          {list.data?.length === 0 && <Empty description={t('common.nothing')} />}
          <Menu
            selectedKeys={key ? [key] : []} style={{ border: 0, background: 'transparent' }} onClick={(chosen) => void navigate(`/${kind}/${chosen.key}`)}
            items={list.data?.map((one) => ({ key: one.key, label: one.key, extra: channelOf(one.document) && channelName(channelOf(one.document)!, t) }))}
          />
        </Card>
        {open ? (
          <Card title={open.key} extra={known && <Button type="text" danger icon={<DeleteOutlined />} aria-label={t('journeys.delete')} onClick={remove} />}>
            <DocumentEditor key={`${open.key}/${open.revision}`} document={open.document} onSave={save} isNew={open.revision === 0} />
            <p className="soft">{t('documents.live')}</p>
          </Card>
        ) : (
          <Empty description={t('documents.choose')} style={{ marginTop: 60 }} />
        )}
      </div>
      {making && (
        <NewDocument
          kind={kind} taken={list.data?.map((one) => one.key) ?? []} onClose={() => setMaking(false)}
          onMake={(made) => (setFresh(made), setMaking(false), void navigate(`/${kind}/${made.key}`))}
        />
      )}
    </>
  )
}

const channelOf = (document: unknown) => (document as { channel?: string } | null)?.channel

interface NewProps {
  kind: Kind
  taken: string[]
  onClose(): void
  onMake(made: { key: string; document: unknown }): void
}

function NewDocument({ kind, taken, onClose, onMake }: NewProps) {
  const { t } = useTranslation()
  const channels = useChannels().data ?? []
  const [form] = Form.useForm<{ key: string; channel?: string }>()
  return (
    <Modal open title={t(kind === 'templates' ? 'documents.newTemplate' : 'documents.newSegment')} onCancel={onClose} onOk={() => form.submit()}>
      <Form
        form={form} layout="vertical" requiredMark={false}
        onFinish={({ key, channel }) => onMake({
          key, document: kind === 'templates' ? { key, channel, content: { text: '' } } : { key, name: key, rule: { combinator: 'and', rules: [{ field: 'contact.city', operator: '=', value: '' }] } },
        })}
      >
        <Form.Item
          name="key" label={t('common.key')} extra={t('journeys.keyHint')}
          rules={[{ required: true, pattern: /^[A-Za-z0-9_-]{1,64}$/, message: t('journeys.keyHint') }, { validator: (_, key: string) => (taken.includes(key) ? Promise.reject(new Error(t('documents.keyExists'))) : Promise.resolve()) }]}
        >
          <Input autoFocus />
        </Form.Item>
        {kind === 'templates' && (
          <Form.Item name="channel" label={t('documents.channel')} rules={[{ required: true, message: t('documents.channel') }]}>
            <Select options={channels.map((one) => ({ value: one, label: channelName(one, t) }))} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}
