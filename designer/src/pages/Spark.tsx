import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { dayText } from '../i18n/times'

const width = 120
const height = 26

/** How many entered on each of the last days: a bar for each, the last one is today. */
export function Spark({ journey, activity }: { journey: string; activity: Schema<'ActivityAnswer'> | undefined }) {
  const { t } = useTranslation()
  if (!activity) return null
  const days = perDay(journey, activity)
  const most = Math.max(...days.map((day) => day.count))
  const sum = days.reduce((all, day) => all + day.count, 0)
  const told = t('imports.spark', { count: sum })
  if (most === 0) return <span className="key" title={told}>–</span>
  const step = width / days.length
  return (
    <svg className="spark" role="img" aria-label={told} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
      {days.map(({ day, count }, i) => {
        const tall = count === 0 ? 0 : Math.max(2, (count / most) * (height - 3))
        return (
          <g key={day}>
            <title>{t('imports.sparkDay', { day: dayText(day), count })}</title>
            <rect className="hit" x={i * step} y={0} width={step} height={height} />
            <rect className={i === days.length - 1 ? 'today' : ''} x={i * step + 0.5} y={height - 1 - tall} width={step - 1} height={tall} rx="1" />
          </g>
        )
      })}
    </svg>
  )
}

/** Every day from the first to today; one on which nothing happened is not told and counts zero. */
export function perDay(journey: string, { from, to, happened }: Schema<'ActivityAnswer'>): { day: string; count: number }[] {
  const counts = new Map(happened.filter((one) => one.journey === journey && one.name === 'enrolled').map((one) => [one.day, one.count]))
  const days: { day: string; count: number }[] = []
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10)
    days.push({ day, count: counts.get(day) ?? 0 })
  }
  return days
}
