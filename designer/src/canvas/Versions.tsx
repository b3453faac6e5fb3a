import { useQuery } from '@tanstack/react-query'
import { Button, Modal, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../api/client'
import { Failure } from '../app/parts'
import { moment } from '../i18n'
import { difference } from '../model/difference'
import { toJourney } from '../model/document'
import type { Json } from '../model/json'
import { stepTitle } from '../sentence/sentence'
import { useDraft, useJourney } from './draft'

/** What was published when, what differs from the draft, and the way back. */
export function Versions({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const draft = useDraft()
  const journey = useJourney()
  const all = useQuery({
    queryKey: ['versions', draft.key], queryFn: () => ask(api.GET('/api/journeys/{key}/versions', { params: { path: { key: draft.key } } })),
  })
  return (
    <Modal open width={720} title={t('operate.versions')} footer={null} onCancel={onClose}>
      <Failure wrong={all.error} />
      <Table
        size="small" rowKey="version" pagination={false} loading={all.isPending} dataSource={all.data?.versions}
        columns={[
          { title: t('journeys.version'), dataIndex: 'version', render: (version: number) => `v${version}` },
          { title: t('common.updated'), render: (_, one) => <>{moment(one.published_at)} <span className="soft">{one.published_by}</span></> },
          {
            title: t('publish.changes'), render: (_, one) => {
              const { steps, parts } = difference(journey, toJourney(one.document as Json))
              return [...parts.map((part) => t(part === 'name' ? 'publish.nameChanged' : `publish.${part}`)), ...steps.map(({ step, how }) => t(`publish.${how}`, { step: stepTitle(step, t) }))].join('; ') || t('publish.none')
            },
          },
          { render: (_, one) => <Button size="small" onClick={() => (draft.edit(toJourney(one.document as Json)), onClose())}>{t('operate.restore')}</Button> },
        ]}
      />
    </Modal>
  )
}
