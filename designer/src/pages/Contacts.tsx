import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, Empty, Input, Table, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, ask, pageSize, type Schema } from '../api/client'
import { Failure, PageHead } from '../app/parts'
import { moment } from '../i18n/times'
import { identityName } from '../sentence/sentence'
import { useJourneyName } from './Names'
import { ownName } from '../templates/PersonField'

/** People: found by what identifies them, or walked through in the order they came. */
export default function Contacts() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const journeyName = useJourneyName()
  const [wanted, setWanted] = useState('')
  const all = useInfiniteQuery({
    queryKey: ['contacts'], initialPageParam: undefined as number | undefined, enabled: !wanted,
    queryFn: ({ pageParam }) => ask(api.GET('/api/contacts', { params: { query: { after: pageParam, limit: pageSize } } })),
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const one = useQuery({
    queryKey: ['contacts', wanted], enabled: Boolean(wanted), queryFn: () => ask(api.GET('/api/contacts', { params: { query: { identity: wanted } } })),
  })
  const shown: Schema<'ContactAnswer'>[] = wanted ? (one.data?.contacts ?? []) : (all.data?.pages.flatMap((page) => page.contacts) ?? [])
  return (
    <>
      <PageHead title={t('contacts.title')}>
        <Input.Search allowClear enterButton placeholder={t('contacts.find')} aria-label={t('contacts.find')} style={{ width: 380 }} onSearch={(text) => setWanted(text.trim())} />
      </PageHead>
      <Failure wrong={wanted ? one.error : all.error} again={() => void (wanted ? one.refetch() : all.refetch())} />
      <Table
        rowKey="id" dataSource={shown} pagination={false} loading={wanted ? one.isPending : all.isPending} scroll={{ x: 800 }}
        locale={{ emptyText: <Empty description={wanted ? t('contacts.nobody') : t('common.nothing')} /> }} onRow={(contact) => ({ onClick: () => void navigate(`/contacts/${contact.id}`), style: { cursor: 'pointer' } })}
        columns={[
          { title: t('contacts.id'), width: 150, render: (_, contact) => <><Link to={`/contacts/${contact.id}`} onClick={(click) => click.stopPropagation()}>{ownName(contact) ?? contact.id}</Link>{ownName(contact) && <div className="key">{contact.id}</div>}</> },
          { title: t('contacts.identities'), render: (_, contact) => contact.identities.slice(0, 3).map((identity) => <span key={identity.type + identity.value} className="identity"><span className="key">{identityName(identity.type, t)}</span> {identity.value}</span>) },
          { title: t('contacts.tags'), render: (_, contact) => contact.tags.slice(0, 6).map((tag) => <Tag key={tag}>{tag}</Tag>) },
          { title: t('contacts.inside'), width: 170, render: (_, contact) => contact.enrollments.map((enrollment) => <Link key={enrollment.id} to={`/journeys/${enrollment.journey}?view=person&contact=${contact.id}&passage=${enrollment.ordinal}`} onClick={(click) => click.stopPropagation()}><Tag color={enrollment.status === 'stuck' ? 'error' : 'blue'} title={enrollment.journey}>{journeyName(enrollment.journey)}</Tag></Link>) },
          { title: t('contacts.last'), width: 200, className: 'when', render: (_, contact) => moment(contact.last_activity) || t('contacts.never') },
        ]}
      />
      {!wanted && all.hasNextPage && <Button style={{ marginTop: 16 }} loading={all.isFetchingNextPage} onClick={() => void all.fetchNextPage()}>{t('common.more')}</Button>}
    </>
  )
}
