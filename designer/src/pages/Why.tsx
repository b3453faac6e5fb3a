import { useQuery } from '@tanstack/react-query'
import { Select, Timeline as Line } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../api/client'
import { useJourneys } from '../api/queries'
import { Failure } from '../app/parts'
import { languageNow } from '../i18n'

/** Why somebody got into a journey, or didn't; got a message, or didn't: the server's answer in sentences, then every decision with the values it looked at. */
export function Why({ contact }: { contact: number }) {
  const { t } = useTranslation()
  const journeys = useJourneys()
  const [journey, setJourney] = useState<string>()
  const language = languageNow()
  const why = useQuery({
    queryKey: ['why', contact, journey, language], enabled: journey !== undefined,
    queryFn: () => ask(api.GET('/api/audit/why', { params: { query: { contact: String(contact), journey, language } } })),
  })
  return (
    <div className="stack">
      <p className="soft">{t('contacts.whyTitle')}</p>
      <Select
        style={{ width: 360 }} aria-label={t('contacts.whyJourney')} placeholder={t('contacts.whyJourney')} value={journey} onChange={setJourney} showSearch={{ optionFilterProp: 'label' }}
        options={journeys.data?.map((one) => ({ value: one.key, label: one.name }))}
      />
      <Failure wrong={why.error} />
      {why.data && <p><strong>{why.data.answer}</strong></p>}
      {why.data && (
        <Line
          items={why.data.decisions.map((decision) => ({
            key: decision.facts[0]?.sequence, color: decision.facts.some((fact) => fact.reason) ? 'orange' : 'blue',
            content: (
              <>
                <span className="key">{decision.at}</span> {decision.because}
                <ul>
                  {decision.facts.map((fact) => (
                    <li key={fact.sequence}>
                      {fact.step && <>{fact.step}: </>}{fact.sentence}
                      {fact.looked.length > 0 && <ul>{fact.looked.map((value, i) => <li key={i} className="soft">{value}</li>)}</ul>}
                    </li>
                  ))}
                </ul>
              </>
            ),
          }))}
        />
      )}
    </div>
  )
}
