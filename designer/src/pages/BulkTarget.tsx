import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { moment } from '../i18n/times'
import { reasonText } from '../sentence/facts'
import { channelName } from '../sentence/sentence'
import { useJourneyName, useSegmentName, useTemplateName } from './Names'

/** Whom an action was about, in words: names for keys, and times of the workspace's clock. */
export function BulkTarget({ filter }: { filter: Schema<'BulkFiltering'> }) {
  const { t } = useTranslation()
  const journeys = useJourneyName()
  const templates = useTemplateName()
  const segments = useSegmentName()
  const parts = [
    filter.journey && <span title={filter.journey}>{journeys(filter.journey)}</span>,
    filter.step && <>{t('contacts.step')} {filter.step}</>,
    filter.version && <>v{filter.version}</>,
    filter.segment && <span title={filter.segment}>{segments(filter.segment)}</span>,
    filter.channel && <>{channelName(filter.channel, t)}</>,
    filter.account && <>{t('operations.account')} {filter.account}</>,
    filter.template && <span title={filter.template}>{templates(filter.template)}</span>,
    ...(filter.reasons ?? []).map((code) => <span title={code}>{reasonText(code, t)}</span>),
    filter.from && <>{t('operations.fromTime', { time: moment(filter.from) })}</>,
    filter.to && <>{t('operations.toTime', { time: moment(filter.to) })}</>,
  ].filter(Boolean)
  return parts.length === 0 ? t('operations.everything') : parts.map((part, i) => <span key={i}>{i > 0 && ' · '}{part}</span>)
}
