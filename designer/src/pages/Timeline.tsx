import { useQuery } from '@tanstack/react-query'
import { Tag, Timeline as Line } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schema } from '../api/client'
import { Failure } from '../app/parts'
import { moment } from '../i18n/times'
import { FactLine } from './FactLine'

/** What a person did and what was decided, newest first. */
export function Timeline({ contact }: { contact: number }) {
  const { t } = useTranslation()
  const timeline = useQuery({
    queryKey: ['timeline', contact], queryFn: () => ask(api.GET('/api/contacts/{id}/timeline', { params: { path: { id: contact }, query: { limit: 200 } } })),
  })
  if (timeline.error) return <Failure wrong={timeline.error} again={() => void timeline.refetch()} />
  const rows = [
    ...(timeline.data?.facts ?? []).map((fact) => ({ at: fact.at, key: `f${fact.sequence}`, fact })),
    ...(timeline.data?.events ?? []).map((event) => ({ at: event.occurred_at, key: `e${event.message_id}`, event })),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
  return (
    <Line
      style={{ paddingTop: 12 }}
      items={rows.map((row) => ({
        key: row.key, color: 'event' in row ? 'green' : row.fact.reason ? 'orange' : 'blue',
        content: (
          <>
            <span className="key">{moment(row.at)}</span> {'event' in row ? <EventLine event={row.event} label={t('contacts.events')} /> : <FactLine fact={row.fact} />}
          </>
        ),
      }))}
    />
  )
}

function EventLine({ event, label }: { event: Schema<'EventAnswer'>; label: string }) {
  const properties = JSON.stringify(event.properties)
  return <div><Tag color="success">{label}</Tag><b>{event.name}</b> {properties !== '{}' && <code>{properties}</code>}</div>
}
