import { Tag } from 'antd'
import { Link } from 'react-router'
import type { Schema } from '../api/client'

/** One fact in a line: what, where, and the reason; what it looked at folds out. */
export function FactLine({ fact }: { fact: Schema<'FactAnswer'> }) {
  const details = Object.keys((fact.details ?? {}) as object).length > 0
  return (
    <details>
      <summary style={{ cursor: details ? 'pointer' : 'default' }}>
        <Tag color={fact.kind === 'not_enrolled' || fact.kind === 'message_suppressed' ? 'orange' : 'blue'}>{fact.kind}</Tag>
        {fact.journey && <Link to={`/journeys/${fact.journey}`}>{fact.journey}</Link>}{fact.step && <> · {fact.step}</>}
        {fact.reason && <> · <code>{fact.reason}</code></>}
      </summary>
      {details && <pre className="json content-preview">{JSON.stringify(fact.details, null, 2)}</pre>}
    </details>
  )
}
