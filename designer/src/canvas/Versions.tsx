import { useQuery } from '@tanstack/react-query'
import { Button, Modal, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../api/client'
import { Failure } from '../app/parts'
import { moment } from '../i18n/times'
import { toJourney } from '../model/document'
import type { Json } from '../model/json'
import { Changes } from './Changes'
import { useDraft, useJourney } from './draft'

export const useVersions = (key: string, enabled = true) =>
  useQuery({ queryKey: ['versions', key], enabled, queryFn: () => ask(api.GET('/api/journeys/{key}/versions', { params: { path: { key } } })) })

/** What was published when, what the draft would change in it, and the way back. */
export function Versions({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const draft = useDraft()
  const journey = useJourney()
  const all = useVersions(draft.key)
  return (
    <Modal open width={820} title={t('operate.versions')} footer={null} onCancel={onClose}>
      <Failure wrong={all.error} />
      <Table
        size="small" rowKey="version" pagination={false} loading={all.isPending} dataSource={all.data?.versions}
        expandable={{ expandedRowRender: (one) => <Changes now={journey} before={toJourney(one.document as Json)} publishedAt={one.published_at} /> }}
        columns={[
          { title: t('journeys.version'), dataIndex: 'version', width: 90, render: (version: number) => `v${version}` },
          { title: t('common.updated'), render: (_, one) => <>{moment(one.published_at)} <span className="soft">{one.published_by}</span></> },
          { align: 'right', render: (_, one) => <Button size="small" onClick={() => (draft.edit(toJourney(one.document as Json)), onClose())}>{t('operate.restore')}</Button> },
        ]}
      />
    </Modal>
  )
}
