import { useQuery } from '@tanstack/react-query'
import { Checkbox, Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../api/client'
import { sendsOfFirstDay } from '../model/estimate'
import { packJourney } from '../model/document'
import type { Journey } from '../model/journey'

// Triggers that people can match before the journey is there. A date of the past starts nothing, whatever one chooses.
const standing = new Set(['dormant', 'segment'])

interface Props {
  journey: Journey
  hasErrors: boolean
  existing: boolean
  onExisting(existing: boolean): void
  /** It was asked for and approved with the content, and stays so. */
  isFixed?: boolean
}

/** Who would enter: those who match already, if they may, and those of the first day; and how many messages that can be. */
export function Estimate({ journey, hasErrors, existing, onExisting, isFixed }: Props) {
  const { t } = useTranslation()
  const forecast = useQuery({
    queryKey: ['forecast', packJourney(journey)], enabled: !hasErrors, staleTime: 20_000, retry: false,
    queryFn: () => ask(api.POST('/api/journeys/{key}/forecast', {
      params: { path: { key: journey.key } }, headers: { 'Content-Type': 'application/json' }, body: journey as never, bodySerializer: () => packJourney(journey),
    })),
    // Of a workspace that is too large to ask whole, a part stands for all.
    select: ({ known, already, soon, asked, total }) => ({ known, already: scaled(already, asked, total), soon: scaled(soon, asked, total), isWhole: asked >= total }),
  })
  const mayStand = standing.has(journey.trigger.on)
  const found = forecast.data
  const entering = found ? found.soon + (existing && mayStand ? found.already : 0) : 0
  const sends = sendsOfFirstDay(journey)
  return (
    <section data-estimate={found ? entering : ''}>
      <h3>{t('estimate.title')}</h3>
      {mayStand && (
        <p>
          {found && <>{t('estimate.matching', { count: found.already })}<br /></>}
          <Checkbox checked={existing} disabled={isFixed} onChange={(ticked) => onExisting(ticked.target.checked)}>{t('publish.existing')}</Checkbox>
        </p>
      )}
      {hasErrors ? <p className="soft">{t('estimate.errors')}</p> : forecast.error ? <p className="soft">{t('estimate.unknown')}</p> : !found ? <Spin size="small" /> : !found.known ? <p className="soft">{t('estimate.unknown')}</p> : (
        <p>
          {entering === 0 ? t('estimate.none') : <><b>{t('estimate.entries', { count: entering })}</b>{t('estimate.comma')}{t('estimate.sends', { count: entering * sends })}</>}
          <br /><span className="soft">{t(`estimate.basis_${basisOf(journey)}`)}{!found.isWhole && <> {t('estimate.part')}</>}</span>
        </p>
      )}
    </section>
  )
}

const scaled = (found: number, asked: number, total: number) => (asked >= total ? found : Math.round((found / Math.max(1, asked)) * total))

function basisOf({ trigger }: Journey): 'event' | 'dormant' | 'date' | 'segment' {
  return trigger.on === 'dormant' || trigger.on === 'date' || trigger.on === 'segment' ? trigger.on : 'event'
}
