import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Modal, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../api/client'
import { Failure, useTell } from '../app/parts'

/** What came in over the broker and nobody could read: put back after an upgrade, or thrown away with a reason. */
export function DeadLetters({ count }: { count: number }) {
  const { t } = useTranslation()
  const tell = useTell()
  const queries = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const all = useQuery({ queryKey: ['dead-letters', count], queryFn: () => ask(api.GET('/api/dead-letters', { params: { query: { limit: 100 } } })) })
  const shown = all.data?.letters.length ?? 0
  const changed = () => (setAsking(false), setReason(''), void queries.invalidateQueries({ queryKey: ['operations'] }), void queries.invalidateQueries({ queryKey: ['dead-letters'] }))
  return (
    <>
      <h2 className="section">{t('operations.dead')}</h2>
      <p className="soft">{t('operations.deadHint')}</p>
      <Failure wrong={all.error} again={() => void all.refetch()} />
      {shown > 0 && (
        <div className="page-tools" style={{ marginBottom: 12 }}>
          <Button size="small" onClick={() => void ask(api.POST('/api/dead-letters/replay', { params: { query: { limit: shown } } })).then(changed).catch(tell.failed)}>{t('operations.putBack')}</Button>
          <Button size="small" danger onClick={() => setAsking(true)}>{t('operations.discard')}</Button>
        </div>
      )}
      <Table
        rowKey={(one) => one.at + one.body} size="small" pagination={{ pageSize: 10, hideOnSinglePage: true }} loading={all.isPending} dataSource={all.data?.letters}
        columns={[
          { title: t('operations.since'), dataIndex: 'at' }, { title: t('operations.exchange'), render: (_, one) => `${one.exchange} ${one.routing_key}` },
          { title: t('operations.letterWhy'), dataIndex: 'reason' }, { title: t('operations.bytes'), dataIndex: 'bytes' },
        ]}
      />
      <Modal
        open={isAsking} title={t('operations.discardTitle', { count: shown })} okText={t('operations.discard')} okButtonProps={{ danger: true, disabled: reason.trim() === '' }} onCancel={() => setAsking(false)}
        onOk={() => void ask(api.POST('/api/dead-letters/discard', { body: { count: shown, expected: count, reason } })).then(changed).catch(tell.failed)}
      >
        <p className="soft">{t('operations.discardHint')}</p>
        <Input value={reason} maxLength={500} onChange={(typed) => setReason(typed.target.value)} placeholder={t('operations.reason')} aria-label={t('operations.reason')} />
      </Modal>
    </>
  )
}
