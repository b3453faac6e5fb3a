import { CopyOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Empty, Input, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, ask, type Schema } from '../api/client'
import { useJourneys, useStats } from '../api/queries'
import { Failure, PageHead, StatusTag, useTell } from '../app/parts'
import { inside, total } from '../canvas/figures'
import { count, moment } from '../i18n'
import { NewJourney } from './NewJourney'

type Summary = Schema<'JourneySummary'>

/** All journeys, with what each is doing now. */
export default function Journeys() {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const queries = useQueryClient()
  const tell = useTell()
  const navigate = useNavigate()
  const journeys = useJourneys()
  const [text, setText] = useState('')
  const [making, setMaking] = useState<{ from: string | null } | null>(null)
  const wanted = journeys.data?.filter((one) => `${one.key} ${one.name}`.toLowerCase().includes(text.toLowerCase()))
  const remove = (one: Summary) =>
    modal.confirm({
      title: t('journeys.deleteAsk', { name: one.name }), okText: t('journeys.delete'), okButtonProps: { danger: true },
      onOk: () => ask(api.DELETE('/api/journeys/{key}', { params: { path: { key: one.key } } }))
        .then(() => queries.invalidateQueries({ queryKey: ['journeys'] })).catch(tell.failed),
    })
  return (
    <>
      <PageHead title={t('journeys.title')}>
        <Input.Search allowClear placeholder={t('journeys.search')} aria-label={t('journeys.search')} style={{ width: 240 }} onChange={(typed) => setText(typed.target.value)} />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking({ from: null })}>{t('journeys.new')}</Button>
      </PageHead>
      <Failure wrong={journeys.error} again={() => void journeys.refetch()} />
      <Table
        rowKey="key" loading={journeys.isPending} dataSource={wanted} pagination={false} scroll={{ x: 900 }} onRow={(one) => ({ onClick: () => void navigate(`/journeys/${one.key}`), style: { cursor: 'pointer' } })}
        locale={{ emptyText: <Empty description={t('journeys.empty')}><Button type="primary" onClick={() => setMaking({ from: null })}>{t('journeys.new')}</Button></Empty> }}
        columns={[
          {
            title: t('journeys.name'), render: (_, one) => (
              <><Link to={`/journeys/${one.key}`} onClick={(click) => click.stopPropagation()}><b>{one.name}</b></Link><div className="key">{one.key}</div></>
            ),
          },
          { title: t('messages.status'), width: 150, render: (_, one) => <><StatusTag status={one.status} />{one.has_draft && one.version > 0 && <div className="key">{t('journeys.changed')}</div>}</> },
          { title: t('journeys.version'), width: 80, render: (_, one) => (one.version > 0 ? `v${one.version}` : '–') },
          { title: t('journeys.inside'), width: 100, align: 'right', render: (_, one) => <Figure journey={one} what="inside" /> },
          { title: t('journeys.entered'), width: 100, align: 'right', render: (_, one) => <Figure journey={one} what="enrolled" /> },
          { title: t('journeys.goals'), width: 110, align: 'right', render: (_, one) => <Figure journey={one} what="goal_reached" /> },
          { title: t('common.updated'), width: 190, render: (_, one) => <>{moment(one.updated_at)}<div className="key">{one.updated_by}</div></> },
          {
            width: 90, render: (_, one) => (
              <span style={{ whiteSpace: 'nowrap' }} onClick={(click) => click.stopPropagation()}>
                <Button type="text" icon={<CopyOutlined />} aria-label={t('journeys.duplicate')} title={t('journeys.duplicate')} onClick={() => setMaking({ from: one.key })} />
                <Button type="text" danger icon={<DeleteOutlined />} aria-label={t('journeys.delete')} title={t('journeys.delete')} onClick={() => remove(one)} />
              </span>
            ),
          },
        ]}
      />
      {making && <NewJourney from={making.from} taken={journeys.data?.map((one) => one.key) ?? []} onClose={() => setMaking(null)} />}
    </>
  )
}

function Figure({ journey, what }: { journey: Summary; what: 'inside' | 'enrolled' | 'goal_reached' }) {
  const stats = useStats(journey.key, journey.version > 0)
  return journey.version > 0 && stats.data ? count(what === 'inside' ? inside(stats.data) : total(stats.data, what)) : '–'
}
