import { EyeOutlined, LeftOutlined, ReloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Descriptions, Spin, Table, Tabs, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { AboutPerson } from './AboutPerson'
import { Past } from './Past'
import { api, ask, type Schema } from '../api/client'
import { Failure, PageHead, useTell } from '../app/parts'
import { clockIn, isZone, moment, zoneNow } from '../i18n/times'
import { channelName, identityName } from '../sentence/sentence'
import { AttributeName, JourneyLink, SegmentTags } from './Names'
import { reasonText } from '../sentence/facts'
import { ownName } from '../templates/PersonField'
import { Timeline } from './Timeline'
import { Why } from './Why'

type Person = Schema<'ContactAnswer'>

/** One person: who they are, where they are, what happened, and why. */
export default function Contact() {
  const { t } = useTranslation()
  const id = Number(useParams().id)
  const [reveal, setReveal] = useState(false)
  const contact = useQuery({ queryKey: ['contact', id, reveal], queryFn: () => ask(api.GET('/api/contacts/{id}', { params: { path: { id }, query: reveal ? { reveal } : {} } })) })
  const again = () => void contact.refetch()
  return (
    <>
      <PageHead title={contact.data ? (ownName(contact.data) ?? `${t('contacts.id')} ${id}`) : `${t('contacts.id')} ${id}`}>
        <Link to="/contacts"><Button icon={<LeftOutlined />} tabIndex={-1}>{t('contacts.title')}</Button></Link>
        {!reveal && contact.data && !contact.data.erased && <Button icon={<EyeOutlined />} title={t('personal.showHint')} onClick={() => setReveal(true)}>{t('personal.show')}</Button>}
        <Button icon={<ReloadOutlined />} onClick={again}>{t('common.reload')}</Button>
        {contact.data && <AboutPerson contact={contact.data} onErased={again} />}
      </PageHead>
      <Failure wrong={contact.error} again={again} />
      {contact.isPending && <Spin />}
      {contact.data && (
        <div className="stack">
          {contact.data.erased && <Alert type="info" showIcon title={t('personal.erased')} />}
          <div className="two">
            <Profile contact={contact.data} />
            <Standing contact={contact.data} />
          </div>
          <Enrollments contact={contact.data} onChanged={again} />
          <Past contact={contact.data} />
          <Card>
            <Tabs items={[
              { key: 'timeline', label: t('contacts.timeline'), children: <Timeline contact={id} /> },
              { key: 'why', label: t('contacts.why'), children: <Why contact={id} /> },
            ]} />
          </Card>
        </div>
      )}
    </>
  )
}

const tags = (names: string[]) => (names.length > 0 ? names.map((name) => <Tag key={name}>{name}</Tag>) : '–')

function Profile({ contact }: { contact: Person }) {
  const { t } = useTranslation()
  const attributes = Object.entries((contact.attributes ?? {}) as Record<string, unknown>)
  const zone = zoneOf(contact)
  return (
    <Card title={t('contacts.profile')}>
      <Descriptions column={1} size="small" items={[
        ...contact.identities.map((one) => ({ key: `i${one.type}${one.value}`, label: identityName(one.type, t), children: one.value })),
        ...attributes.map(([name, value]) => ({ key: `a${name}`, label: <AttributeName of={name} />, children: typeof value === 'object' ? JSON.stringify(value) : String(value) })),
        ...(zone ? [{ key: 'zone', label: t('setup.zone'), children: t('setup.contactZone', { zone, time: clockIn(zone) }) }] : []),
        { key: 'tags', label: t('contacts.tags'), children: tags(contact.tags) },
        { key: 'segments', label: t('contacts.segments'), children: <SegmentTags of={contact.segments} /> },
        { key: 'lists', label: t('contacts.lists'), children: tags(contact.lists) },
        { key: 'first', label: t('contacts.firstSeen'), children: moment(contact.first_seen) },
        { key: 'last', label: t('contacts.last'), children: moment(contact.last_activity) || t('contacts.never') },
      ]} />
    </Card>
  )
}

// What proves a consent, as it was recorded.
const evidence = (given: unknown) => Object.entries(given as Record<string, unknown>).map(([name, value]) => `${name}: ${String(value)}`).join(' · ')

/** A zone of their own, if the browser knows it too. */
function zoneOf(contact: Person): string | null {
  const zone = (contact.attributes as Record<string, unknown> | null)?.time_zone
  return isZone(zone) ? zone : null
}

function Standing({ contact }: { contact: Person }) {
  const { t } = useTranslation()
  return (
    <Card title={t('contacts.history')}>
      <Table
        size="small" rowKey="event" pagination={false} dataSource={contact.histories} locale={{ emptyText: t('common.nothing') }}
        columns={[
          { title: t('form.event'), dataIndex: 'event' },
          { title: t('contacts.often'), align: 'right', className: 'when', render: (_, one) => t('contacts.times', { count: one.count }) },
          { title: t('contacts.latest'), className: 'when', render: (_, one) => moment(one.last) },
        ]}
      />
      <Descriptions style={{ marginTop: 16 }} column={1} size="small" items={[
        ...contact.consents.map((one) => ({ key: `c${one.channel}`, label: `${t('contacts.consents')} ${channelName(one.channel, t)}`, children: <>{`${t(one.granted ? 'contacts.granted' : 'contacts.denied')} (${moment(one.since)}, ${one.source})`}{one.evidence && <div className="key">{evidence(one.evidence)}</div>}</> })),
        ...contact.quotas.map((one) => ({ key: `q${one.quota}`, label: `${t('contacts.quotas')} ${one.quota}`, children: t('contacts.balance', { count: one.balance }) })),
      ]} />
    </Card>
  )
}

/** When time moves somebody on: by the workspace's clock, and by their own where that is another. */
function WakeTime({ at, zone }: { at: string | null | undefined; zone: string | null }) {
  const { t } = useTranslation()
  if (!at) return null
  return <>{moment(at)}{zone && zone !== zoneNow() && <div className="key">{t('setup.contactZone', { zone, time: clockIn(zone, new Date(at)) })}</div>}</>
}

function Enrollments({ contact, onChanged }: { contact: Person; onChanged(): void }) {
  const { t } = useTranslation()
  const tell = useTell()
  const act = (doing: Promise<unknown>) => void doing.then(() => (tell.done(t('contacts.done')), onChanged())).catch(tell.failed)
  return (
    <Card title={t('contacts.enrollments')}>
      <Table
        size="small" rowKey="id" pagination={false} dataSource={contact.enrollments} locale={{ emptyText: t('common.nothing') }}
        columns={[
          { title: t('ledger.journey'), render: (_, one) => <JourneyLink of={one.journey} version={one.version} search={`?view=person&contact=${contact.id}&passage=${one.ordinal}`} /> },
          { title: t('contacts.step'), dataIndex: 'step' },
          {
            title: t('contacts.enrollmentStatus'), render: (_, one) => (
              <>
                <Tag color={one.status === 'stuck' ? 'error' : 'blue'}>{one.status === 'stuck' && one.stuck_reason ? t('contacts.stuckBecause', { reason: reasonText(one.stuck_reason, t) }) : t(`enrollment.${one.status}`)}</Tag>
                {one.held && <Tag color="warning">{t('contacts.held')}</Tag>}
              </>
            ),
          },
          { title: t('contacts.since'), className: 'when', render: (_, one) => moment(one.since) },
          { title: t('contacts.wake'), className: 'when', render: (_, one) => <WakeTime at={one.wake_at} zone={zoneOf(contact)} /> },
          {
            render: (_, one) => {
              const path = { params: { path: { id: contact.id, ordinal: one.ordinal } } }
              return (
                <span className="row tight">
                  {one.status === 'stuck' && <Button size="small" onClick={() => act(ask(api.POST('/api/contacts/{id}/enrollments/{ordinal}/retry', path)))}>{t('contacts.retry')}</Button>}
                  {(one.status === 'stuck' || one.status === 'waiting') && <Button size="small" onClick={() => act(ask(api.POST('/api/contacts/{id}/enrollments/{ordinal}/skip', path)))}>{t('contacts.skip')}</Button>}
                  <Button size="small" danger onClick={() => act(ask(api.POST('/api/contacts/{id}/enrollments/end', { params: { path: { id: contact.id } }, body: { journey: one.journey, ordinal: one.ordinal, reason: 'ended_by_hand' } })))}>{t('contacts.end')}</Button>
                </span>
              )
            },
          },
        ]}
      />
    </Card>
  )
}
