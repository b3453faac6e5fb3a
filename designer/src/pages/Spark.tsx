import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'

const width = 84
const height = 22

/** How many entered in each of the last sixty minutes, as a small line. */
export function Spark({ journey, minutes }: { journey: string; minutes: Schema<'LiveAnswer'>[] | undefined }) {
  const { t } = useTranslation()
  if (!minutes) return null
  const counts = perMinute(journey, minutes)
  const most = Math.max(...counts)
  const sum = counts.reduce((all, one) => all + one, 0)
  const told = t('imports.spark', { count: sum })
  if (most === 0) return <span className="key" title={told}>–</span>
  const step = width / (counts.length - 1)
  const at = (count: number, i: number) => `${(i * step).toFixed(1)},${(height - 2 - (count / most) * (height - 4)).toFixed(1)}`
  const line = counts.map(at).join(' ')
  return (
    <svg className="spark" role="img" aria-label={told} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <title>{told}</title>
      <polygon points={`0,${height} ${line} ${width},${height}`} />
      <polyline points={line} />
    </svg>
  )
}

/** Sixty counts, the oldest first; a minute in which nothing happened is not told and counts zero. */
function perMinute(journey: string, minutes: Schema<'LiveAnswer'>[]): number[] {
  const last = Math.max(Date.now() - 3_600_000, ...minutes.map((one) => Date.parse(one.at)))
  const counts = new Array<number>(60).fill(0)
  for (const minute of minutes) {
    const ago = Math.round((last - Date.parse(minute.at)) / 60_000)
    if (ago < 0 || ago > 59) continue
    for (const one of minute.happened) if (one.journey === journey && one.name === 'enrolled') counts[59 - ago]! += one.count
  }
  return counts
}
