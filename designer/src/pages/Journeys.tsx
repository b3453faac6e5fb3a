import { CopyOutlined, DeleteOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, Segmented, Table } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, ask, type Schema } from '../api/client'
import { useActivity, useJourneys, useStats } from '../api/queries'
import { ApprovalTag, Failure, PageHead, StatusTag, useTell } from '../app/parts'
import { inside, total } from '../canvas/figures'
import { count } from '../i18n'
import { dayOf, moment } from '../i18n/times'
import type { Journey } from '../model/journey'
import { actorText } from '../sentence/facts'
import { Gallery } from './Gallery'
import { NewJourney } from './NewJourney'
import { Spark } from './Spark'

type Summary = Schema<'JourneySummary'>
interface Making {
  from: string | null
  start?: string
  dropped?: Journey
}

/** All journeys, with what each is doing now. */
export default function Journeys() {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const queries = useQueryClient()
  const tell = useTell()
  const navigate = useNavigate()
  const journeys = useJourneys()
  const [text, setText] = useState('')
  const [making, setMaking] = useState<Making | null>(null)
  const activity = useActivity().data
  const file = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const waiting = journeys.data?.filter((one) => one.approval?.status === 'open').length ?? 0
  const [isWaiting, setWaiting] = useState(false)
  const wanted = journeys.data?.filter((one) => !(isWaiting && waiting > 0) || one.approval?.status === 'open').filter((one) => `${one.key} ${one.name}`.toLowerCase().includes(text.toLowerCase()))
  const remove = (one: Summary) =>
    modal.confirm({
      title: t('journeys.deleteAsk', { name: one.name }), okText: t('journeys.delete'), okButtonProps: { danger: true },
      onOk: () => ask(api.DELETE('/api/journeys/{key}', { params: { path: { key: one.key } } }))
        .then(() => queries.invalidateQueries({ queryKey: ['journeys'] })).catch(tell.failed),
    })
  const take = async (taken: File | null | undefined) => {
    if (!taken) return
    try {
      const { readAny } = await import('../model/yaml')
      setMaking({ from: null, dropped: await readAny(await taken.text()) })
    } catch (wrong) {
      void message.error(t('imports.bad', { why: (wrong as Error).message }), 6)
    }
  }
  const isNone = journeys.data?.length === 0
  return (
    <div
      className={`drop-zone${over ? ' over' : ''}`} data-hint={t('imports.drop')}
      onDragOver={(drag) => drag.dataTransfer.types.includes('Files') && (drag.preventDefault(), setOver(true))} onDragLeave={(drag) => drag.currentTarget === drag.target && setOver(false)}
      onDrop={(drop) => (drop.preventDefault(), setOver(false), void take(drop.dataTransfer.files[0]))}
    >
      <PageHead title={t('journeys.title')}>
        {waiting > 0 && <Segmented aria-label={t('approval.title')} value={isWaiting} onChange={setWaiting} options={[{ value: false, label: t('approval.all') }, { value: true, label: t('approval.waiting', { count: waiting }) }]} />}
        <Input.Search allowClear placeholder={t('journeys.search')} aria-label={t('journeys.search')} style={{ width: 240 }} onChange={(typed) => setText(typed.target.value)} />
        <input ref={file} type="file" hidden accept=".json,.yaml,.yml" aria-label={t('imports.file')} onChange={(chosen) => (void take(chosen.target.files?.[0]), (chosen.target.value = ''))} />
        <Button icon={<UploadOutlined />} title={t('imports.drop')} onClick={() => file.current?.click()}>{t('imports.file')}</Button>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking({ from: null })}>{t('journeys.new')}</Button>
      </PageHead>
      <Failure wrong={journeys.error} again={() => void journeys.refetch()} />
      {isNone ? <Gallery onChoose={(start) => setMaking({ from: null, start })} onBlank={() => setMaking({ from: null })} /> : <Table
        rowKey="key" loading={journeys.isPending} dataSource={wanted} pagination={false} scroll={{ x: 900 }} onRow={(one) => ({ onClick: () => void navigate(`/journeys/${one.key}`), style: { cursor: 'pointer' } })}
        locale={{ emptyText: t('common.nothing') }}
        columns={[
          {
            title: t('journeys.name'), render: (_, one) => (
              <><Link to={`/journeys/${one.key}`} onClick={(click) => click.stopPropagation()}><b>{one.name}</b></Link><div className="key">{one.key}</div></>
            ),
          },
          { title: t('messages.status'), width: 130, render: (_, one) => <><StatusTag status={one.status} />{one.version > 0 && <span className="key"> v{one.version}</span>}{one.has_draft && one.version > 0 && <div className="key">{t('journeys.changed')}</div>}{one.approval && <div><ApprovalTag status={one.approval.status} /></div>}</> },
          { title: t('journeys.inside'), width: 90, align: 'right', render: (_, one) => <Figure journey={one} what="inside" /> },
          { title: t('imports.days'), width: 150, render: (_, one) => (one.version > 0 ? <Spark journey={one.key} activity={activity} /> : null) },
          { title: t('journeys.entered'), width: 90, align: 'right', render: (_, one) => <Figure journey={one} what="enrolled" /> },
          { title: t('journeys.goals'), width: 100, align: 'right', render: (_, one) => <Figure journey={one} what="goal_reached" /> },
          { title: t('common.updated'), width: 130, render: (_, one) => <><span className="when" title={moment(one.updated_at)}>{dayOf(one.updated_at)}</span><div className="key">{actorText(one.updated_by)}</div></> },
          {
            width: 90, render: (_, one) => (
              <span style={{ whiteSpace: 'nowrap' }} onClick={(click) => click.stopPropagation()}>
                <Button type="text" icon={<CopyOutlined />} aria-label={t('journeys.duplicate')} title={t('journeys.duplicate')} onClick={() => setMaking({ from: one.key })} />
                <Button type="text" danger icon={<DeleteOutlined />} aria-label={t('journeys.delete')} title={t('journeys.delete')} onClick={() => remove(one)} />
              </span>
            ),
          },
        ]}
      />}
      {making && <NewJourney {...making} taken={journeys.data?.map((one) => one.key) ?? []} onClose={() => setMaking(null)} />}
    </div>
  )
}

function Figure({ journey, what }: { journey: Summary; what: 'inside' | 'enrolled' | 'goal_reached' }) {
  const stats = useStats(journey.key, journey.version > 0)
  return journey.version > 0 && stats.data ? count(what === 'inside' ? inside(stats.data) : total(stats.data, what)) : '–'
}
