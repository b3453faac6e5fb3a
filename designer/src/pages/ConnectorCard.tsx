import { Button, Card, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { count } from '../i18n'
import { channelName, span } from '../sentence/sentence'
import { inLanguage } from './Accounts'

/** A connector as it describes itself: what it sends to whom, and how much. */
export function ConnectorCard({ connector, onUse }: { connector: Schema<'ConnectorManifest'>; onUse(): void }) {
  const { t } = useTranslation()
  return (
    <Card size="small" title={inLanguage(connector.name)} extra={<Button size="small" onClick={onUse} aria-label={`${t('accounts.use')}: ${inLanguage(connector.name)}`}>{t('accounts.use')}</Button>}>
      <p style={{ marginTop: 0 }}>{inLanguage(connector.summary)}</p>
      {connector.channels.map((channel) => (
        <div key={channel.key} className="limit-line">
          <Tag>{channelName(channel.key, t)}</Tag>
          <span className="soft">{limits(channel).map((one) => t(`accounts.${one.key}`, one)).join(' · ')}</span>
        </div>
      ))}
      <div className="key">{t('accounts.receipts', { how: t(`accounts.receipt.${connector.receipts ?? 'none'}`) })}{connector.idempotency === 'by_message_id' && <> · {t('accounts.repeat')}</>}</div>
    </Card>
  )

  function limits({ limits: own, needs_confirmation }: Schema<'ChannelManifest'>) {
    const said: { key: string; count?: number; formatted?: string; span?: string }[] = []
    const add = (key: string, value: number | null | undefined) => value != null && said.push({ key, count: Number(value), formatted: count(Number(value)) })
    add('perSecond', own.messages_per_second as number | null)
    add('characters', own.text_characters_max as number | null)
    add('bytes', own.text_bytes_max as number | null)
    for (const one of own.per_contact ?? []) said.push({ key: 'perContact', count: Number(one.at_most), span: span(clock(one.per), t) })
    if (needs_confirmation) said.push({ key: 'confirm' })
    return said
  }
}

/** The server's `30.00:00:00` as the duration `30d`. */
function clock(text: string): string {
  const match = /^(?:(\d+)\.)?(\d+):(\d+):(\d+)/.exec(text)
  if (!match) return text
  const [, days = '0', hours, minutes, seconds] = match
  return `${Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)}s`
}
