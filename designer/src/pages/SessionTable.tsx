import { Button, Table, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { useTell } from '../app/parts'
import { moment } from '../i18n/times'
import { agentText } from '../model/agent'

/** Where somebody is signed in; the one that looks cannot end itself here. */
export function SessionTable({ sessions, onEnd }: { sessions: Schema<'SessionAnswer'>[] | undefined; onEnd(id: string): Promise<unknown> }) {
  const { t } = useTranslation()
  const tell = useTell()
  return (
    <Table
      rowKey="id" size="small" pagination={false} dataSource={sessions} locale={{ emptyText: t('common.nothing') }} scroll={{ x: 700 }}
      columns={[
        { title: t('access.opened'), className: 'when', render: (_, one) => moment(one.created_at) },
        { title: t('access.seen'), className: 'when', render: (_, one) => moment(one.seen_at) },
        { title: t('access.from'), width: 160, dataIndex: 'from' },
        { title: t('access.device'), render: (_, one) => <span title={one.agent}>{agentText(one.agent)}</span> },
        { title: '', width: 110, render: (_, one) => (one.is_this ? <Tag color="blue">{t('access.thisOne')}</Tag> : <Button size="small" onClick={() => void onEnd(one.id).catch(tell.failed)}>{t('access.end')}</Button>) },
      ]}
    />
  )
}
