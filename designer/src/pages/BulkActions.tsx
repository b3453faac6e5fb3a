import { useQuery } from '@tanstack/react-query'
import { Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../api/client'
import { Failure } from '../app/parts'
import { moment } from '../i18n/times'
import { actorText } from '../sentence/facts'
import { BulkProgress } from './BulkProgress'
import { BulkTarget } from './BulkTarget'

/** Bulk actions: those that run, with how far they are, and the last ones that ended. */
export function BulkActions() {
  const { t } = useTranslation()
  const all = useQuery({
    queryKey: ['bulk'], queryFn: () => ask(api.GET('/api/bulk')),
    refetchInterval: (query) => (query.state.data?.actions.some((one) => !one.ended_at) ? 1_000 : 10_000),
  })
  return (
    <>
      <h2 className="section">{t('operations.actions')}</h2>
      <Failure wrong={all.error} again={() => void all.refetch()} />
      <Table
        rowKey="id" size="small" pagination={{ pageSize: 10, hideOnSinglePage: true }} loading={all.isPending} dataSource={all.data?.actions} locale={{ emptyText: t('operations.noActions') }} scroll={{ x: 900 }}
        columns={[
          { title: t('operations.begunAt'), className: 'when', width: 190, render: (_, one) => moment(one.at) },
          { title: t('operations.what'), width: 90, className: 'when', render: (_, one) => t(`operations.action.${one.action}`) },
          { title: t('operations.target'), render: (_, one) => <BulkTarget filter={one.filter} /> },
          { title: t('operations.by'), width: 180, render: (_, one) => <><span title={one.by}>{actorText(one.by)}</span><div className="soft">{one.reason}</div></> },
          { title: t('operations.progress'), width: 260, render: (_, one) => <BulkProgress action={one} /> },
        ]}
      />
    </>
  )
}
