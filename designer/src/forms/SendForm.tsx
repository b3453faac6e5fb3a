import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAccounts, useChannels, useTemplates, useVocabulary } from '../api/queries'
import { useJourney } from '../canvas/draft'
import type { Fallback, Journey, Send } from '../model/journey'
import { channelName } from '../sentence/sentence'
import { FailureField } from './FailureField'
import { DurationField, Field, Suggest } from './fields'

const TemplateDialog = lazy(() => import('../templates/TemplateDialog'))

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
  const templates = (useTemplates().data ?? []).map((one) => ({ key: one.key, document: one.document as { name?: string; channel?: string; content?: object } }))
  const channels = useChannels().data ?? []
  const accounts = useAccounts().data?.accounts ?? []
  const quotas = useVocabulary().data?.quotas ?? []
  const journey = useJourney()
  const [writing, setWriting] = useState<{ template: string | null } | null>(null)
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
        <div className="row">
          <Select
            className="wide" aria-label={t('form.template')} showSearch={{ optionFilterProp: 'label' }} value={way.template || undefined} placeholder={t('form.unnamed')} options={offered.map((one) => ({ value: one.key, label: one.document.name ?? one.key }))}
            onChange={(template: string) => change({ template, channel: templates.find((one) => one.key === template)?.document.channel ?? way.channel })}
          />
          {chosen && <Button icon={<EditOutlined />} aria-label={t('template.edit')} title={t('template.edit')} onClick={() => setWriting({ template: chosen.key })} />}
          <Button icon={<PlusOutlined />} aria-label={t('template.fresh')} title={t('template.fresh')} onClick={() => setWriting({ template: null })} />
        </div>
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
      {writing && (
        <Suspense>
          <TemplateDialog
            template={writing.template} channel={way.channel} events={eventsOf(journey)} steps={journey.steps.filter((one) => one.type === 'call').map((one) => one.id)} onClose={() => setWriting(null)}
            onSaved={(template, channel) => change({ template, channel })}
          />
        </Suspense>
      )}
    </>
  )
}

/** Events that can have brought somebody here: their properties are what a template may read. */
function eventsOf({ trigger }: Journey): string[] | undefined {
  if (trigger.on === 'event' && trigger.event) return [trigger.event]
  if (trigger.on === 'not_done' && trigger.did.event) return [trigger.did.event]
  return trigger.on === 'keyword' ? ['message_received'] : undefined
}
