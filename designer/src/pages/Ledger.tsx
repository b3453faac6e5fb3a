import { SafetyCertificateOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Alert, Button, Input, Select, Switch, Table, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { api, ask, pageSize } from '../api/client'
import { useJourneys } from '../api/queries'
import { Failure, PageHead, useTell } from '../app/parts'
import { count } from '../i18n'
import { moment } from '../i18n/times'
import { LookedList } from '../canvas/PersonPanel'
import { actorText, factText, lookedOf } from '../sentence/facts'
import { FactName, Reason } from './FactLine'
import { HeldBack } from './HeldBack'
import { JourneyLink } from './Names'

const filters = ['contact', 'journey', 'kind', 'reason', 'step', 'channel', 'account', 'actor', 'message', 'from', 'to'] as const

/** Every decision, also those not to do something. The filters stand in the address, so a view can be sent to somebody. */
export default function Ledger() {
  const { t } = useTranslation()
  const tell = useTell()
  const [search, setSearch] = useSearchParams()
  const [live, setLive] = useState(false)
  const [verdict, setVerdict] = useState<{ good: boolean; text: string } | null>(null)
  const query = Object.fromEntries(filters.flatMap((name) => (search.get(name) ? [[name, search.get(name)!]] : [])))
  const journeys = useJourneys().data ?? []
  const kinds = useQuery({ queryKey: ['kinds'], staleTime: Infinity, queryFn: () => ask(api.GET('/api/audit/kinds')) })
  const all = useInfiniteQuery({
    queryKey: ['ledger', query], initialPageParam: undefined as number | undefined, refetchInterval: live ? 3_000 : false,
    queryFn: ({ pageParam }) => ask(api.GET('/api/audit', { params: { query: { ...query, before: pageParam, limit: pageSize } as never } })),
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const set = (name: (typeof filters)[number], value: string | undefined) => setSearch((now) => {
    const next = new URLSearchParams(now)
    if (value) next.set(name, value)
    else next.delete(name)
    return next
  })
  const verify = () => void ask(api.GET('/api/audit/verify')).then((one) => setVerdict({
    good: one.intact,
    text: one.intact ? t('ledger.intact', { facts: count(one.facts), seals: count(one.seals) }) : t('ledger.broken', { sequence: one.broken_sequence, problem: one.problem }),
  })).catch(tell.failed)
  return (
    <>
      <PageHead title={t('ledger.title')}>
        <Input allowClear style={{ width: 130 }} placeholder={t('ledger.contact')} aria-label={t('ledger.contact')} defaultValue={query.contact} onPressEnter={(typed) => set('contact', typed.currentTarget.value.trim())} onBlur={(typed) => set('contact', typed.currentTarget.value.trim())} />
        <Select allowClear style={{ width: 170 }} placeholder={t('ledger.journey')} aria-label={t('ledger.journey')} value={query.journey} options={journeys.map((one) => ({ value: one.key, label: one.name }))} onChange={(value) => set('journey', value)} />
        <Select allowClear showSearch={{ optionFilterProp: ['label', 'value'] }} style={{ width: 160 }} placeholder={t('ledger.kind')} aria-label={t('ledger.kind')} value={query.kind} options={kinds.data?.kinds.map((one) => ({ value: one, label: factText(one, t), title: one }))} onChange={(value) => set('kind', value)} />
        <Input allowClear style={{ width: 130 }} placeholder={t('ledger.reason')} aria-label={t('ledger.reason')} defaultValue={query.reason} onPressEnter={(typed) => set('reason', typed.currentTarget.value.trim())} onBlur={(typed) => set('reason', typed.currentTarget.value.trim())} />
        <label className="row">{t('ledger.live')} <Switch checked={live} onChange={setLive} aria-label={t('ledger.live')} /></label>
        <Button icon={<SafetyCertificateOutlined />} onClick={verify}>{t('ledger.verify')}</Button>
      </PageHead>
      {verdict && <Alert style={{ marginBottom: 16 }} type={verdict.good ? 'success' : 'error'} showIcon title={verdict.text} closable={{ onClose: () => setVerdict(null) }} />}
      <HeldBack />
      <div className="row" style={{ margin: '16px 0 8px' }}>
        {(['step', 'channel', 'account', 'actor'] as const).map((name) => <Input key={`${name} ${query[name] ?? ''}`} allowClear size="small" style={{ width: 130 }} placeholder={t(`ledger.${name}`)} aria-label={t(`ledger.${name}`)} defaultValue={query[name]} onPressEnter={(typed) => set(name, typed.currentTarget.value.trim())} onBlur={(typed) => set(name, typed.currentTarget.value.trim())} />)}
        {(['message', 'from', 'to'] as const).map((name) => query[name] && <Tag key={name} closable={{ 'aria-label': `${t('common.remove')} ${t(`ledger.${name}`)}` }} onClose={() => set(name, undefined)}>{t(`ledger.${name}`)}: {name === 'message' ? query[name] : moment(query[name])}</Tag>)}
      </div>
      <Failure wrong={all.error} again={() => void all.refetch()} />
      <Table
        rowKey="sequence" size="small" pagination={false} loading={all.isPending} dataSource={all.data?.pages.flatMap((page) => page.facts)} locale={{ emptyText: t('common.nothing') }} scroll={{ x: 900 }}
        expandable={{ expandedRowRender: (fact) => <><LookedList looked={lookedOf(fact.details)} /><pre className="json">{JSON.stringify({ cause: fact.cause, ...(fact.details as object) }, null, 2)}</pre></> }}
        columns={[
          { title: t('ledger.time'), width: 200, className: 'when', render: (_, fact) => moment(fact.at) },
          { title: t('ledger.kind'), render: (_, fact) => <FactName kind={fact.kind} /> },
          { title: t('ledger.reason'), render: (_, fact) => <Reason code={fact.reason} /> },
          { title: t('ledger.contact'), render: (_, fact) => (fact.contact > 0 ? <Link to={`/contacts/${fact.contact}`}>{fact.contact}</Link> : '–') },
          { title: t('ledger.journey'), className: 'when', render: (_, fact) => fact.journey && <JourneyLink of={fact.journey} version={fact.version} /> },
          { title: t('ledger.step'), className: 'when', dataIndex: 'step' },
          { title: t('ledger.actor'), render: (_, fact) => <span title={fact.actor ?? undefined}>{actorText(fact.actor)}</span> },
        ]}
      />
      {all.hasNextPage && <Button style={{ marginTop: 16 }} loading={all.isFetchingNextPage} onClick={() => void all.fetchNextPage()}>{t('common.more')}</Button>}
    </>
  )
}
