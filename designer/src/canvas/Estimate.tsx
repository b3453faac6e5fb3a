import { useQuery } from '@tanstack/react-query'
import { Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../api/client'
import { count } from '../i18n'
import { firstDayRule, sendsOfFirstDay, standingRule } from '../model/estimate'
import type { Journey, RuleGroup } from '../model/journey'

const useMatching = (rule: RuleGroup | null) => useQuery({
  queryKey: ['matching', JSON.stringify(rule)], enabled: rule !== null, staleTime: 20_000, retry: false,
  queryFn: () => ask(api.POST('/api/segments/count', { body: { rule: rule as never } })),
  select: ({ matching, asked, total }) => (asked >= total ? matching : Math.round((matching / Math.max(1, asked)) * total)),
})

/** What the first day may bring, from what people did on the last; nothing is said where nothing can be known. */
export function Estimate({ journey }: { journey: Journey }) {
  const { t } = useTranslation()
  const daily = firstDayRule(journey)
  const standing = standingRule(journey)
  const entering = useMatching(daily)
  const matching = useMatching(standing)
  if (!daily && !standing) return null
  const isBusy = (daily && entering.isPending) || (standing && matching.isPending)
  return (
    <section>
      <h3>{t('estimate.title')}</h3>
      {isBusy ? <Spin size="small" /> : (
        <p style={{ margin: 0 }}>
          {matching.data !== undefined && <>{t('estimate.matching', { count: matching.data, formatted: count(matching.data) })}<br /></>}
          {entering.data === 0 && t('estimate.none')}
          {entering.data !== undefined && entering.data > 0 && (
            <>
              <b>{t('estimate.entries', { count: entering.data })}</b>{', '}{t('estimate.sends', { count: entering.data * sendsOfFirstDay(journey) })}<br />
              <span className="soft">{t('estimate.basis')}</span>
            </>
          )}
        </p>
      )}
    </section>
  )
}
