import { EyeOutlined, ReloadOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Descriptions, Drawer, Select, Table, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, ask, pageSize, type Schema } from '../api/client'
import { useChannels, useJourneys } from '../api/queries'
import { Failure, PageHead, useTell } from '../app/parts'
import { moment } from '../i18n/times'
import { channelName } from '../sentence/sentence'
import { Phone } from '../templates/Phone'
import '../templates/templates.css'
import { Reason } from './FactLine'
import { JourneyLink, TemplateLink } from './Names'

type Status = Schema<'OutboxStatus'>
const colours: Record<Status, string> = { queued: 'default', sending: 'processing', sent: 'blue', delivered: 'success', failed: 'error', unknown: 'warning', cancelled: 'default' }

export default function Messages() {
  const { t } = useTranslation()
  const [filter, setFilter] = useState<{ journey?: string; channel?: string; status?: Status }>({})
  const [chosen, setChosen] = useState<Schema<'MessageAnswer'> | null>(null)
  const journeys = useJourneys().data ?? []
  const channels = useChannels().data ?? []
  const all = useInfiniteQuery({
    queryKey: ['messages', filter], initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => ask(api.GET('/api/messages', { params: { query: { ...filter, before: pageParam, limit: pageSize } } })),
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const statuses = Object.keys(colours) as Status[]
  return (
    <>
      <PageHead title={t('messages.title')}>
        <Select allowClear style={{ width: 220 }} placeholder={t('messages.journey')} aria-label={t('messages.journey')} options={journeys.map((one) => ({ value: one.key, label: one.name }))} onChange={(journey) => setFilter((now) => ({ ...now, journey }))} />
        <Select allowClear style={{ width: 140 }} placeholder={t('messages.channel')} aria-label={t('messages.channel')} options={channels.map((one) => ({ value: one, label: channelName(one, t) }))} onChange={(channel) => setFilter((now) => ({ ...now, channel }))} />
        <Select allowClear style={{ width: 130 }} placeholder={t('messages.status')} aria-label={t('messages.status')} options={statuses.map((one) => ({ value: one, label: t(`outbox.${one}`) }))} onChange={(status) => setFilter((now) => ({ ...now, status }))} />
        <Button icon={<ReloadOutlined />} aria-label={t('common.reload')} onClick={() => void all.refetch()} />
      </PageHead>
      <Failure wrong={all.error} again={() => void all.refetch()} />
      <Table
        rowKey="id" size="middle" pagination={false} loading={all.isPending} dataSource={all.data?.pages.flatMap((page) => page.messages)} locale={{ emptyText: t('common.nothing') }} scroll={{ x: 900 }}
        onRow={(one) => ({ onClick: () => setChosen(one), style: { cursor: 'pointer' } })}
        columns={[
          { title: t('messages.queued'), width: 200, className: 'when', render: (_, one) => moment(one.queued_at) },
          { title: t('messages.to'), className: 'when', render: (_, one) => <><Link to={`/contacts/${one.contact}`} onClick={(click) => click.stopPropagation()}>{one.contact}</Link> <span className="key">{one.address}</span></> },
          { title: t('messages.channel'), className: 'when', render: (_, one) => channelName(one.channel, t) },
          { title: t('messages.template'), render: (_, one) => <TemplateLink of={one.template} /> },
          { title: t('messages.journey'), className: 'when', render: (_, one) => <><JourneyLink of={one.journey} /><div className="key">{one.step}</div></> },
          { title: t('messages.status'), render: (_, one) => <><Tag color={colours[one.status]}>{t(`outbox.${one.status}`)}</Tag><Reason code={one.reason} /></> },
        ]}
      />
      {all.hasNextPage && <Button style={{ marginTop: 16 }} loading={all.isFetchingNextPage} onClick={() => void all.fetchNextPage()}>{t('common.more')}</Button>}
      {chosen && <One message={chosen} onClose={() => setChosen(null)} onChanged={() => (setChosen(null), void all.refetch())} />}
    </>
  )
}

function One({ message: masked, onClose, onChanged }: { message: Schema<'MessageAnswer'>; onClose(): void; onChanged(): void }) {
  const { t } = useTranslation()
  const tell = useTell()
  const [clear, setClear] = useState<Schema<'MessageAnswer'> | null>(null)
  const message = clear ?? masked
  const reveal = () => void ask(api.GET('/api/messages/{id}', { params: { path: { id: masked.id }, query: { reveal: true } } })).then(setClear).catch(tell.failed)
  const settle = (outcome: 'sent' | 'delivered' | 'failed') =>
    void ask(api.POST('/api/messages/{id}/settle', { params: { path: { id: message.id } }, body: { outcome } as never })).then(onChanged).catch(tell.failed)
  return (
    <Drawer
      open size={480} onClose={onClose} title={`${channelName(message.channel, t)} · ${t(`outbox.${message.status}`)}`}
      extra={!clear && <Button size="small" icon={<EyeOutlined />} title={t('personal.showHint')} onClick={reveal}>{t('personal.show')}</Button>}
    >
      <Descriptions column={1} size="small" items={[
        { key: 'c', label: t('messages.to'), children: <><Link to={`/contacts/${message.contact}`}>{message.contact}</Link>&nbsp;{message.address}</> },
        { key: 'j', label: t('messages.journey'), children: <><JourneyLink of={message.journey} version={message.version} search={`?view=person&contact=${message.contact}`} />&nbsp;· {message.step}</> },
        { key: 't', label: t('messages.template'), children: message.is_call ? message.template : <TemplateLink of={message.template} /> },
        { key: 'a', label: t('messages.account'), children: message.account },
        { key: 'n', label: t('messages.attempt'), children: message.attempt },
        ...(message.vendor_id ? [{ key: 'v', label: t('messages.vendorId'), children: message.vendor_id }] : []),
        ...(message.reason ? [{ key: 'r', label: t('messages.reason'), children: <><Reason code={message.reason} /> {message.text}</> }] : []),
      ]} />
      <h3>{t('messages.content')}</h3>
      <Phone channel={message.channel} content={(message.content ?? null) as Record<string, unknown> | null} />
      <details><summary className="soft">{t('template.document')}</summary><pre className="json">{JSON.stringify(message.content, null, 2)}</pre></details>
      {message.status === 'unknown' && (
        <>
          <h3>{t('messages.settle')}</h3>
          {(['sent', 'delivered', 'failed'] as const).map((one) => <Button key={one} style={{ marginRight: 8 }} onClick={() => settle(one)}>{t(`outbox.${one}`)}</Button>)}
        </>
      )}
    </Drawer>
  )
}
