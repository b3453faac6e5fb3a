import { Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schema } from '../api/client'
import { count } from '../i18n'
import { reasonText } from '../sentence/facts'

type Bulk = Schema<'BulkAnswer'>

/** How far an action is, and what became of those it asked; each number of refusals leads to the people and their facts. */
export function BulkProgress({ action }: { action: Bulk }) {
  const { t } = useTranslation()
  const refused = action.refused.reduce((sum, one) => sum + one.count, 0)
  const others = action.ended_at ? action.after - refused : 0
  return (
    <>
      <Progress
        size="small" percent={action.ended_at ? 100 : Math.min(99, Math.floor((100 * action.asked) / Math.max(1, action.before)))}
        status={action.ended_at ? (refused > 0 ? 'normal' : 'success') : 'active'} aria-label={t('operations.progress')}
      />
      <span className="soft">
        {t(action.ended_at ? 'operations.asked' : 'operations.running', { asked: count(action.asked), before: count(action.before) })}
        {action.action === 'replay_failed' && action.ended_at && <> · {t('operations.replayed', { count: action.asked - refused })}</>}
      </span>
      {refused > 0 && (
        <ul className="refusals" aria-label={t('operations.refused', { count: refused })}>
          <li>{t('operations.refused', { count: refused })}</li>
          {action.refused.map((one) => (
            <li key={one.reason + one.facts}>
              <Link to={`/ledger?${one.facts.split('?')[1]}`} title={one.reason}>{reasonText(one.reason, t)}</Link> {count(one.count)}
            </li>
          ))}
        </ul>
      )}
      {others > 0 && <div className="soft">{t(`operations.others.${action.action}`, { count: others })}</div>}
    </>
  )
}
