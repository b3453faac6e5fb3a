import { useQuery } from '@tanstack/react-query'
import { Progress, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../api/client'
import { Failure } from '../app/parts'
import { moment } from '../i18n/times'

/** Actions with many: those that run, with how far they are, and the last ones that ended. */
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
        rowKey="id" size="small" pagination={{ pageSize: 10, hideOnSinglePage: true }} loading={all.isPending} dataSource={all.data?.actions} locale={{ emptyText: t('operations.noActions') }} scroll={{ x: 800 }}
        columns={[
          { title: t('operations.since'), className: 'when', render: (_, one) => moment(one.at) },
          { title: t('common.name'), render: (_, one) => t(`operations.action.${one.action}`) },
          { title: t('operations.target'), render: (_, one) => <span className="key">{one.target}</span> },
          { title: t('operations.by'), render: (_, one) => <>{one.by}<div className="soft">{one.reason}</div></> },
          {
            title: t('operations.progress'), width: 220,
            render: (_, one) => (
              <>
                <Progress size="small" percent={one.ended_at ? 100 : Math.min(99, Math.floor((100 * one.asked) / Math.max(1, one.before)))} status={one.ended_at ? 'success' : 'active'} aria-label={t('operations.progress')} />
                <span className="soft">{one.asked} / {one.before} {one.ended_at ? t('operations.left', { count: one.after }) : t('operations.running')}</span>
              </>
            ),
          },
        ]}
      />
    </>
  )
}
