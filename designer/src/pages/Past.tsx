import { useQuery } from '@tanstack/react-query'
import { Card, Table, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, ask, type Schema } from '../api/client'
import { Failure } from '../app/parts'
import { moment } from '../i18n/times'
import { pastPassages } from '../model/past'
import { reasonText } from '../sentence/facts'
import { JourneyLink } from './Names'

const most = 200

/** Journeys that this person has been through: a contact holds only where they are, so these are read from the ledger. */
export function Past({ contact }: { contact: Schema<'ContactAnswer'> }) {
  const { t } = useTranslation()
  const facts = useQuery({
    queryKey: ['past', contact.id, contact.enrollments.map((one) => one.ordinal)],
    queryFn: () => Promise.all(['enrolled', 'completed', 'exited', 'goal_reached'].map(async (kind) => (
      await ask(api.GET('/api/audit', { params: { query: { contact: String(contact.id), kind, limit: most } as never } }))).facts)),
  })
  const inside = new Set(contact.enrollments.map((one) => one.ordinal))
  const rows = pastPassages(facts.data?.flat() ?? []).filter((one) => !inside.has(one.ordinal))
  if (facts.error) return <Failure wrong={facts.error} again={() => void facts.refetch()} />
  return (
    <Card title={t('contacts.past')}>
      <Table
        size="small" rowKey="ordinal" pagination={rows.length > 10 ? { pageSize: 10, showSizeChanger: false } : false} loading={facts.isPending} dataSource={rows} locale={{ emptyText: t('common.nothing') }}
        columns={[
          { title: t('ledger.journey'), render: (_, one) => <JourneyLink of={one.journey} version={one.version} search={`?view=person&contact=${contact.id}&passage=${one.ordinal}`} /> },
          { title: t('contacts.entered'), render: (_, one) => moment(one.entered) },
          { title: t('contacts.ended'), render: (_, one) => moment(one.ended) },
          {
            title: t('contacts.how'), render: (_, one) => (
              <>
                {one.ended && <Tag color={one.reason ? 'orange' : 'blue'} title={one.reason ?? undefined}>{one.reason ? reasonText(one.reason, t) : t('contacts.completed')}</Tag>}
                {one.goal && <Tag color="success">{t('contacts.reached')}</Tag>}
              </>
            ),
          },
        ]}
      />
      {facts.data?.some((one) => one.length === most) && <p className="soft">{t('contacts.moreOf', { count: most })} <Link to={`/ledger?contact=${contact.id}`}>{t('app.ledger')}</Link></p>}
    </Card>
  )
}
