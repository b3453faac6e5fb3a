import { useQuery } from '@tanstack/react-query'
import { Input, Select, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, ask } from '../api/client'
import { Failure } from '../app/parts'
import { count, languageNow } from '../i18n'
import { channelName } from '../sentence/sentence'
import { Reason } from './FactLine'
import { JourneyLink } from './Names'

const abouts = ['held_back', 'not_entered', 'failed', 'sent', 'delivered', 'entered', 'ended'] as const

/** How many on a day, and why; each number leads to its facts, and they to the people. */
export function HeldBack() {
  const { t } = useTranslation()
  const [day, setDay] = useState<string>()
  const [about, setAbout] = useState<(typeof abouts)[number]>('held_back')
  const language = languageNow()
  const summary = useQuery({
    queryKey: ['summary', day, about, language],
    queryFn: () => ask(api.GET('/api/audit/summary', { params: { query: { day, about, by: 'journey,step,channel,kind,reason', language } as never } })),
  })
  return (
    <section className="stack" aria-label={t('ledger.summary')}>
      <div className="row">
        <Select style={{ width: 180 }} aria-label={t('ledger.about')} value={about} onChange={setAbout} options={abouts.map((one) => ({ value: one, label: t(`ledger.abouts.${one}`) }))} />
        <Input type="date" style={{ width: 160 }} aria-label={t('ledger.day')} value={day} onChange={(typed) => setDay(typed.target.value || undefined)} />
        <strong>{summary.data?.text}</strong>
      </div>
      <Failure wrong={summary.error} again={() => void summary.refetch()} />
      {summary.data && summary.data.groups.length > 0 && (
        <Table
          rowKey="facts" size="small" pagination={{ pageSize: 10, hideOnSinglePage: true }} dataSource={summary.data.groups} scroll={{ x: 700 }}
          columns={[
            { title: t('ledger.count'), width: 110, align: 'right', render: (_, group) => <Link to={`/ledger?${group.facts.split('?')[1]}`}>{count(group.count)}</Link> },
            { title: t('ledger.reason'), render: (_, group) => <Reason code={group.reason ?? group.kind} /> },
            { title: t('ledger.journey'), render: (_, group) => group.journey && <JourneyLink of={group.journey} /> },
            { title: t('ledger.step'), dataIndex: 'step' },
            { title: t('ledger.channel'), render: (_, group) => group.channel && channelName(group.channel, t) },
          ]}
        />
      )}
    </section>
  )
}
