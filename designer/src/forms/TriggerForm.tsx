import { Checkbox, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useChannels, useSegments, useVocabulary } from '../api/queries'
import type { EventPattern, Trigger, TriggerKind } from '../model/journey'
import { channelName } from '../sentence/sentence'
import { DurationField, EventField, Field, NamesField, Suggest, TimeField } from './fields'
import { RuleField } from './RuleField'

const fresh: Record<TriggerKind, Trigger> = {
  event: { on: 'event', event: '' },
  dormant: { on: 'dormant', for: '30d' },
  not_done: { on: 'not_done', did: { event: '' }, but_not: { event: '' }, within: '2h' },
  tag: { on: 'tag', tag: '', change: 'added' },
  segment: { on: 'segment', segment: '', change: 'entered' },
  date: { on: 'date', attribute: 'birthday', at: '10:00', yearly: true },
  schedule: { on: 'schedule', cron: '0 10 * * *' },
  keyword: { on: 'keyword', keywords: [], match: 'equals' },
  manual: { on: 'manual' },
}

export function TriggerForm({ trigger, onChange }: { trigger: Trigger; onChange(trigger: Trigger): void }) {
  const { t } = useTranslation()
  return (
    <>
      <Field label={t('form.kind')}>
        <Select
          aria-label={t('form.kind')} value={trigger.on} listHeight={300} options={(Object.keys(fresh) as TriggerKind[]).map((on) => ({ value: on, label: t(`trigger.${on}`) }))}
          onChange={(on: TriggerKind) => onChange(fresh[on])}
        />
      </Field>
      <Kind trigger={trigger} onChange={onChange} />
    </>
  )
}

function Kind({ trigger, onChange }: { trigger: Trigger; onChange(trigger: Trigger): void }) {
  const { t } = useTranslation()
  const vocabulary = useVocabulary().data
  const segments = useSegments().data ?? []
  const channels = useChannels().data ?? []
  const choose = (words: string[]) => words.map((word) => ({ value: word, label: t(`form.${word}`) }))
  switch (trigger.on) {
    case 'event':
      return (
        <>
          <Field label={t('form.event')}><EventField label={t('form.event')} value={trigger.event} onChange={(event) => onChange({ ...trigger, event: event ?? '' })} /></Field>
          <RuleField label={t('form.where')} withEvent event={trigger.event} value={trigger.where} onChange={(where) => onChange({ ...trigger, where })} />
          <Field label={t('form.occurrence')} hint={t('form.occurrenceHint')}>
            <InputNumber aria-label={t('form.occurrence')} min={1} max={1_000_000} precision={0} value={trigger.occurrence ?? null} onChange={(nth) => onChange({ ...trigger, occurrence: nth ?? undefined })} />
          </Field>
        </>
      )
    case 'dormant':
      return (
        <>
          <Field label={t('form.quietFor')}><DurationField label={t('form.quietFor')} value={trigger.for} onChange={(span) => span && onChange({ ...trigger, for: span })} /></Field>
          <Field label={t('form.activity')} hint={t('form.activityHint')}><NamesField label={t('form.activity')} options={vocabulary?.events} value={trigger.activity} onChange={(activity) => onChange({ ...trigger, activity })} /></Field>
        </>
      )
    case 'not_done':
      return (
        <>
          <Pattern label={t('form.did')} value={trigger.did} onChange={(did) => onChange({ ...trigger, did })} />
          <Pattern label={t('form.butNot')} value={trigger.but_not} onChange={(but_not) => onChange({ ...trigger, but_not })} />
          <Field label={t('form.within')}><DurationField label={t('form.within')} value={trigger.within} onChange={(within) => within && onChange({ ...trigger, within })} /></Field>
        </>
      )
    case 'tag':
      return (
        <>
          <Field label={t('form.tag')}><Suggest label={t('form.tag')} options={vocabulary?.tags ?? []} value={trigger.tag} onChange={(tag) => onChange({ ...trigger, tag: tag ?? '' })} /></Field>
          <Field label={t('form.change')}><Select aria-label={t('form.change')} value={trigger.change ?? 'added'} options={choose(['added', 'removed'])} onChange={(change) => onChange({ ...trigger, change })} /></Field>
        </>
      )
    case 'segment':
      return (
        <>
          <Field label={t('form.segment')}><Suggest label={t('form.segment')} options={segments.map((one) => one.key)} value={trigger.segment} onChange={(segment) => onChange({ ...trigger, segment: segment ?? '' })} /></Field>
          <Field label={t('form.change')}><Select aria-label={t('form.change')} value={trigger.change ?? 'entered'} options={choose(['entered', 'left'])} onChange={(change) => onChange({ ...trigger, change })} /></Field>
        </>
      )
    case 'date':
      return (
        <>
          <Field label={t('form.attribute')}><Suggest label={t('form.attribute')} options={[...(vocabulary?.attributes.keys() ?? [])]} value={trigger.attribute} onChange={(attribute) => onChange({ ...trigger, attribute: attribute ?? '' })} /></Field>
          <Field label={t('form.offset')}><DurationField negative label={t('form.offset')} value={trigger.offset} onChange={(offset) => onChange({ ...trigger, offset })} /></Field>
          <Field label={t('form.at')}><TimeField label={t('form.at')} value={trigger.at ?? '00:00'} onChange={(at) => onChange({ ...trigger, at })} /></Field>
          <Checkbox checked={trigger.yearly ?? false} onChange={(ticked) => onChange({ ...trigger, yearly: ticked.target.checked })}>{t('form.yearly')}</Checkbox>
        </>
      )
    case 'schedule':
      return <Field label={t('form.cron')} hint={t('form.cronHint')}><Input aria-label={t('form.cron')} value={trigger.cron} onChange={(typed) => onChange({ ...trigger, cron: typed.target.value })} /></Field>
    case 'keyword':
      return (
        <>
          <Field label={t('form.keywords')}><NamesField label={t('form.keywords')} value={trigger.keywords} onChange={(keywords) => onChange({ ...trigger, keywords: keywords ?? [] })} /></Field>
          <Field label={t('form.match')}><Select aria-label={t('form.match')} value={trigger.match ?? 'equals'} options={choose(['equals', 'contains', 'starts_with'])} onChange={(match) => onChange({ ...trigger, match })} /></Field>
          <Field label={t('form.channel')}>
            <Select
              aria-label={t('form.channel')} value={trigger.channel ?? ''} options={[{ value: '', label: t('form.anyChannel') }, ...channels.map((one) => ({ value: one, label: channelName(one, t) }))]}
              onChange={(channel: string) => onChange({ ...trigger, channel: channel || undefined })}
            />
          </Field>
        </>
      )
    default: return null
  }
}

function Pattern({ label, value, onChange }: { label: string; value: EventPattern; onChange(value: EventPattern): void }) {
  const { t } = useTranslation()
  return (
    <>
      <Field label={label}><EventField label={label} value={value.event} onChange={(event) => onChange({ ...value, event: event ?? '' })} /></Field>
      <RuleField label={`${label}: ${t('form.where')}`} withEvent event={value.event} value={value.where} onChange={(where) => onChange({ ...value, where })} />
    </>
  )
}
