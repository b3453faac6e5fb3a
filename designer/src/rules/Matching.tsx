import { TeamOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, ask, Problem } from '../api/client'
import { count } from '../i18n'
import { isEverything, type RuleGroup } from '../model/journey'

const restMs = 350

/** Conditions on the event at hand or on earlier steps are known only then. */
export const asksForEvent = (rule: RuleGroup) => /"field":"(event|steps)\./.test(JSON.stringify(rule))

/** How many contacts match just now, told while the condition is written. */
export function Matching({ rule }: { rule: RuleGroup | undefined }) {
  const { t } = useTranslation()
  const text = JSON.stringify(rule ?? null)
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), restMs)
    return () => clearTimeout(timer)
  }, [text])
  const isAsked = !isEverything(rule) && !asksForEvent(rule!)
  const answer = useQuery({
    queryKey: ['matching', asked], enabled: isAsked && asked !== 'null', staleTime: 20_000, placeholderData: keepPreviousData, retry: false,
    queryFn: () => ask(api.POST('/api/segments/count', { body: { rule: JSON.parse(asked) as never } })),
  })
  if (isEverything(rule)) return null
  if (asksForEvent(rule!)) return <p className="matching soft">{t('audience.event')}</p>
  if (answer.error) return <p className="matching soft" role="status">{answer.error instanceof Problem && answer.error.status === 400 ? t('audience.incomplete') : answer.error.message}</p>
  const { data } = answer
  if (!data) return <p className="matching soft">{t('audience.counting')}</p>
  const isWhole = data.asked >= data.total
  const about = isWhole ? data.matching : Math.round((data.matching / Math.max(1, data.asked)) * data.total)
  return (
    <p className="matching" role="status" aria-busy={asked !== text}>
      <TeamOutlined /> <b>{isWhole ? t('audience.count', { count: about, formatted: count(about) }) : t('audience.about', { count: about, formatted: count(about) })}</b>{' '}
      <span className="soft">
        {isWhole ? t('audience.of', { total: count(data.total) }) : t('audience.sample', { asked: count(data.asked), total: count(data.total) })}
        {data.examples.length > 0 && <> · {t('audience.such')} {data.examples.slice(0, 3).map((id, i) => <span key={id}>{i > 0 && ', '}<Link to={`/contacts/${id}`}>{id}</Link></span>)}</>}
      </span>
    </p>
  )
}
