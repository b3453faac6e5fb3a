import { MoreOutlined, PauseCircleOutlined, PlayCircleOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, Modal, Progress, Radio, Select, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schema } from '../api/client'
import { useTell } from '../app/parts'
import { span } from '../sentence/sentence'
import { DocumentView } from './DocumentView'
import { useDraft } from './draft'
import { Versions } from './Versions'

interface Props {
  state: Schema<'JourneyAnswer'>
  stats: Schema<'StatsAnswer'> | undefined
  onChanged(revision: number): void
}

/** What people do with a journey that runs: pause, resume, archive. */
export function Operate({ state, stats, onChanged }: Props) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const draft = useDraft()
  const tell = useTell()
  const [open, setOpen] = useState<'pause' | 'resume' | 'json' | 'versions' | null>(null)
  const [time, setTime] = useState<Schema<'PauseTime'>>('keeps_counting')
  const [spread, setSpread] = useState('0s')
  const path = { params: { path: { key: draft.key } } }
  const act = async (doing: Promise<unknown>) => {
    try {
      await doing
      setOpen(null)
      onChanged((await ask(api.GET('/api/journeys/{key}', path))).revision)
    } catch (wrong) {
      tell.failed(wrong)
    }
  }
  const archive = () =>
    modal.confirm({ title: t('operate.archive'), content: t('operate.archiveAsk'), onOk: () => act(ask(api.POST('/api/journeys/{key}/archive', path))) })
  const runs = state.status === 'published' || state.status === 'paused'
  const sweep = stats?.sweeps[0]
  return (
    <>
      {sweep && <Tooltip title={t('operate.sweep', { asked: sweep.asked, total: sweep.total })}><Progress type="circle" size={26} percent={Math.round((sweep.asked / Math.max(1, sweep.total)) * 100)} /></Tooltip>}
      {state.status === 'published' && <Button icon={<PauseCircleOutlined />} onClick={() => setOpen('pause')}>{t('operate.pause')}</Button>}
      {state.status === 'paused' && <Button icon={<PlayCircleOutlined />} onClick={() => setOpen('resume')}>{t('operate.resume')}</Button>}
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'json', label: t('operate.json'), onClick: () => setOpen('json') },
            { key: 'versions', label: t('operate.versions'), onClick: () => setOpen('versions'), disabled: state.version === 0 },
            { type: 'divider' },
            { key: 'archive', label: t('operate.archive'), danger: true, disabled: !runs, onClick: archive },
          ],
        }}
      >
        <Button type="text" icon={<MoreOutlined />} aria-label={t('operate.more')} />
      </Dropdown>
      <Modal
        open={open === 'pause'} title={t('operate.pauseTitle')} okText={t('operate.pause')} onCancel={() => setOpen(null)}
        onOk={() => act(ask(api.POST('/api/journeys/{key}/pause', { ...path, body: { time } })))}
      >
        <p>{t('operate.pauseHint')}</p>
        <Radio.Group
          vertical value={time} onChange={(chosen) => setTime(chosen.target.value as Schema<'PauseTime'>)}
          options={[{ value: 'keeps_counting', label: t('operate.counting') }, { value: 'stands_still', label: t('operate.still') }]}
        />
      </Modal>
      <Modal
        open={open === 'resume'} title={t('operate.resumeTitle')} okText={t('operate.resume')} onCancel={() => setOpen(null)}
        onOk={() => act(ask(api.POST('/api/journeys/{key}/resume', { ...path, body: { spread } })))}
      >
        <p>{t('operate.held', { count: stats?.held ?? 0 })}</p>
        <label className="row">
          {t('operate.spread')}
          <Select
            value={spread} onChange={setSpread} style={{ width: 160 }}
            options={['0s', '10m', '30m', '1h', '6h', '1d'].map((one) => ({ value: one, label: one === '0s' ? t('operate.atOnce') : span(one, t) }))}
          />
        </label>
      </Modal>
      {open === 'json' && <DocumentView onClose={() => setOpen(null)} />}
      {open === 'versions' && <Versions onClose={() => setOpen(null)} />}
    </>
  )
}
