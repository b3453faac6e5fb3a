import { useQuery } from '@tanstack/react-query'
import { Select, Timeline as Line } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../api/client'
import { useJourneys } from '../api/queries'
import { Failure } from '../app/parts'
import { moment } from '../i18n/times'
import { FactLine } from './FactLine'

/** Why somebody got into a journey, or didn't; got a message, or didn't: every decision with the values it looked at. */
export function Why({ contact }: { contact: number }) {
  const { t } = useTranslation()
  const journeys = useJourneys()
  const [journey, setJourney] = useState<string>()
  const facts = useQuery({
    queryKey: ['why', contact, journey], enabled: journey !== undefined,
    queryFn: () => ask(api.GET('/api/audit', { params: { query: { contact: String(contact), journey, limit: 200, order: 'oldest' } as never } })),
  })
  return (
    <div className="stack">
      <p className="soft">{t('contacts.whyTitle')}</p>
      <Select
        style={{ width: 360 }} aria-label={t('contacts.whyJourney')} placeholder={t('contacts.whyJourney')} value={journey} onChange={setJourney} showSearch={{ optionFilterProp: 'label' }}
        options={journeys.data?.map((one) => ({ value: one.key, label: one.name }))}
      />
      <Failure wrong={facts.error} />
      {facts.data && facts.data.facts.length === 0 && <p>{t('contacts.whyNothing')}</p>}
      {facts.data && <Line items={facts.data.facts.map((fact) => ({ key: fact.sequence, color: fact.reason ? 'orange' : 'blue', content: <><span className="key">{moment(fact.at)}</span> <FactLine fact={fact} /></> }))} />}
    </div>
  )
}
