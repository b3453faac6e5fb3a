import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAccounts, useChannels, useTemplates, useVocabulary } from '../api/queries'
import type { Fallback, Send } from '../model/journey'
import { channelName } from '../sentence/sentence'
import { FailureField } from './FailureField'
import { DurationField, Field, Suggest } from './fields'

export function SendForm({ step, change }: { step: Send; change(some: Partial<Send>): void }) {
  const { t } = useTranslation()
  const fallback = step.fallback ?? []
  const set = (at: number, some: Partial<Fallback>) => change({ fallback: fallback.map((one, i) => (i === at ? { ...one, ...some } : one)) })
  return (
    <>
      <Way way={step} change={change} />
      <h3>{t('form.fallback')}</h3>
      {fallback.map((one, i) => (
        <div key={i} className="case">
          <div className="row" style={{ marginBottom: 10 }}>
            <span className="wide"><DurationField label={t('form.fallback')} value={one.after} onChange={(after) => after && set(i, { after })} /></span>
            <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={() => change({ fallback: fallback.length > 1 ? fallback.filter((_, at) => at !== i) : undefined })} />
          </div>
          <Way way={one} change={(some) => set(i, some)} />
        </div>
      ))}
      <Button icon={<PlusOutlined />} disabled={fallback.length >= 5} onClick={() => change({ fallback: [...fallback, { channel: '', template: '', after: '4h' }] })}>{t('form.addFallback')}</Button>
      <div style={{ height: 14 }} />
      <FailureField step={step} change={change} />
    </>
  )
}

type OneWay = Pick<Send, 'channel' | 'template' | 'account' | 'quota'>

/** Channel and template, with what the template says. A template knows its channel, so choosing one chooses both. */
function Way({ way, change }: { way: OneWay; change(some: Partial<OneWay>): void }) {
  const { t } = useTranslation()
  const templates = (useTemplates().data ?? []).map((one) => ({ key: one.key, document: one.document as { channel?: string; content?: object } }))
  const channels = useChannels().data ?? []
  const accounts = useAccounts().data ?? []
  const quotas = useVocabulary().data?.quotas ?? []
  const chosen = templates.find((one) => one.key === way.template)
  const offered = templates.filter((one) => !way.channel || one.document.channel === way.channel)
  return (
    <>
      <Field label={t('form.channel')}>
        <Select
          aria-label={t('form.channel')} value={way.channel || undefined} placeholder={t('form.channel')} options={[...new Set([...channels, ...(way.channel ? [way.channel] : [])])].map((one) => ({ value: one, label: channelName(one, t) }))}
          onChange={(channel: string) => change({ channel, ...(chosen && chosen.document.channel !== channel ? { template: '' } : {}) })}
        />
      </Field>
      <Field label={t('form.template')}>
        <Select
          aria-label={t('form.template')} showSearch value={way.template || undefined} placeholder={t('form.unnamed')} options={offered.map((one) => ({ value: one.key, label: one.key }))}
          onChange={(template: string) => change({ template, channel: templates.find((one) => one.key === template)?.document.channel ?? way.channel })}
        />
      </Field>
      {chosen?.document.content && <pre className="json content-preview">{Object.values(chosen.document.content).map((one) => (typeof one === 'string' ? one : JSON.stringify(one, null, 2))).join('\n')}</pre>}
      {(accounts.length > 0 || way.account) && (
        <Field label={t('form.account')} hint={t('form.accountHint')}>
          <Suggest label={t('form.account')} options={['sandbox', ...accounts.map((one) => one.key)]} value={way.account} onChange={(account) => change({ account })} />
        </Field>
      )}
      {(quotas.length > 0 || way.quota) && (
        <Field label={t('form.quota')}><Suggest label={t('form.quota')} options={quotas} value={way.quota} onChange={(quota) => change({ quota })} /></Field>
      )}
    </>
  )
}
