import { ExportOutlined, RedoOutlined, ReloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Statistic, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schema } from '../api/client'
import { useAccounts } from '../api/queries'
import { Failure, PageHead } from '../app/parts'
import { moment } from '../i18n/times'
import { channelName } from '../sentence/sentence'
import { BulkActions } from './BulkActions'
import { BulkSheet } from './BulkSheet'
import { DeadLetters } from './DeadLetters'
import { HeldByPeople, HoldButton } from './Holds'
import { Outcomes } from './Outcomes'
import { spanText } from './spanText'

const refreshEvery = 5_000

/** Where everything stands, refreshed by itself, and what people can do about it. */
export default function Operations() {
  const { t } = useTranslation()
  const [doing, setDoing] = useState<Schema<'BulkKind'> | null>(null)
  const stands = useQuery({ queryKey: ['operations'], queryFn: () => ask(api.GET('/api/operations')), refetchInterval: refreshEvery })
  const accounts = useAccounts()
  const held = accounts.data?.held_by_people ?? []
  const now = stands.data
  return (
    <>
      <PageHead title={t('operations.title')}>
        <Button icon={<RedoOutlined />} onClick={() => setDoing('replay_failed')}>{t('operations.replay')}</Button>
        <Button icon={<ExportOutlined />} onClick={() => setDoing('exit_people')}>{t('operations.exit')}</Button>
        <HoldButton target="everything" name={t('holds.everything')} isHeld={held.some((one) => one.target === 'everything')} />
        <Button icon={<ReloadOutlined />} aria-label={t('common.reload')} onClick={() => (void stands.refetch(), void accounts.refetch())} />
      </PageHead>
      <Failure wrong={stands.error} again={() => void stands.refetch()} />
      <HeldByPeople held={held} />
      {now?.closed.map((one) => (
        <Alert
          key={one.account + one.channel} type="warning" showIcon style={{ marginBottom: 12 }}
          title={<><b>{one.account}</b> · {channelName(one.channel, t)} · {t('operations.closed')} · {moment(one.since)}</>}
          description={<>{t(one.is_down ? 'operations.down' : 'operations.wrong')} {one.text}</>}
        />
      ))}
      {now?.process && <p className="soft">{t('operations.process', { process: now.process })}</p>}
      <div className="four">
        <Card size="small"><Statistic title={t('operations.unknown')} value={now?.unknown ?? '–'} /></Card>
        <Card size="small"><Statistic title={t('operations.failed')} value={now?.failed ?? '–'} /></Card>
        <Card size="small"><Statistic title={t('operations.dead')} value={now?.dead_letters ?? '–'} /></Card>
        <Card size="small"><Statistic title={t('operations.late')} value={now ? lateness(now.timers, t) : '–'} /></Card>
      </div>
      <h2 className="section">{t('operations.waits')}</h2>
      <Table
        rowKey="account" size="small" pagination={false} loading={stands.isPending} dataSource={now?.accounts} locale={{ emptyText: t('operations.nothingWaits') }}
        columns={[
          { title: t('operations.account'), dataIndex: 'account' },
          { title: t('operations.waiting'), render: (_, one) => (one.is_more ? t('operations.more', { count: one.waiting }) : one.waiting.toLocaleString()) },
          { title: t('operations.oldest'), render: (_, one) => one.oldest_seconds != null && <span title={moment(one.oldest_at)}>{spanText(one.oldest_seconds, t)}</span> },
          { title: t('operations.unknown'), dataIndex: 'unknown' },
          {
            key: 'hold', align: 'right', title: <span className="unseen">{t('holds.hold')}</span>,
            render: (_, one) => <HoldButton target={`account:${one.account}`} size="small" name={one.account} isHeld={held.some((hold) => hold.target === `account:${one.account}`)} />,
          },
        ]}
      />
      {now && now.queues.length > 0 && (
        <>
          <h2 className="section">{t('operations.queues')}</h2>
          <Table
            rowKey="queue" size="small" pagination={{ pageSize: 10, hideOnSinglePage: true }} dataSource={now.queues}
            columns={[{ title: t('operations.queue'), dataIndex: 'queue' }, { title: t('operations.envelopes'), dataIndex: 'envelopes' }]}
          />
        </>
      )}
      <Outcomes count={now?.unknown ?? 0} />
      <BulkActions />
      {(now?.dead_letters ?? 0) > 0 && <DeadLetters count={now!.dead_letters!} />}
      {doing && <BulkSheet action={doing} onClose={() => setDoing(null)} />}
    </>
  )
}

type Translate = ReturnType<typeof useTranslation>['t']

const lateness = (timers: Schema<'TimerLagAnswer'>[], t: Translate) => {
  const worst = timers.toSorted((one, other) => other.seconds - one.seconds)[0]
  return !worst || worst.seconds < 1 ? t('operations.onTime') : t('operations.partition', { number: worst.partition, span: spanText(worst.seconds, t) })
}
