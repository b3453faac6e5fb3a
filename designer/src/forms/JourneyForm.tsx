import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDraft, useJourney } from '../canvas/draft'
import type { Entry, EventPattern, Goal, Journey } from '../model/journey'
import { DurationField, EventField, Field, Suggest } from './fields'
import { RuleField } from './RuleField'
import { TriggerForm } from './TriggerForm'

/** What starts the journey, who may enter, what ends it, and what counts as success. */
export function JourneyForm() {
  const { t } = useTranslation()
  const draft = useDraft()
  const journey = useJourney()
  const change = (some: Partial<Journey>) => draft.edit(
    (now) => Object.fromEntries(Object.entries({ ...now, ...some }).filter(([, value]) => value !== undefined)) as unknown as Journey, `/${Object.keys(some).join()}`)
  return (
    <>
      <TriggerForm trigger={journey.trigger} onChange={(trigger) => change({ trigger })} />
      <h3>{t('form.entry')}</h3>
      <EntryForm entry={journey.entry ?? {}} event={journey.trigger.on === 'event' ? journey.trigger.event : undefined} onChange={(entry) => change({ entry })} />
      <h3>{t('form.exits')}</h3>
      <Exits exits={journey.exit ?? []} onChange={(exit) => change({ exit: exit.length > 0 ? exit : undefined })} />
      <h3>{t('form.goal')}</h3>
      <GoalForm goal={journey.goal} onChange={(goal) => change({ goal })} />
      <h3>{t('operate.more')}</h3>
      <Field label={t('form.description')}>
        <Input.TextArea aria-label={t('form.description')} autoSize={{ minRows: 2, maxRows: 8 }} value={journey.description ?? ''} onChange={(typed) => change({ description: typed.target.value || undefined })} />
      </Field>
    </>
  )
}

function EntryForm({ entry, event, onChange }: { entry: Entry; event: string | undefined; onChange(entry: Entry): void }) {
  const { t } = useTranslation()
  const repeat = entry.repeat ?? 'once'
  const kind = typeof repeat === 'string' ? repeat : 'after' in repeat ? 'after' : 'per'
  const starts = { once: 'once', always: 'always', after: { after: '30d' }, per: { per: 'event.order_id' } } as const
  return (
    <>
      <Field label={t('form.repeat')}>
        <Select
          aria-label={t('form.repeat')} value={kind} options={(['once', 'always', 'after', 'per'] as const).map((one) => ({ value: one, label: t(`form.${one}`) }))}
          onChange={(chosen: keyof typeof starts) => onChange({ ...entry, repeat: starts[chosen] })}
        />
        <div style={{ height: 8 }} />
        {typeof repeat === 'object' && 'after' in repeat && <DurationField label={t('form.after')} value={repeat.after} onChange={(after) => after && onChange({ ...entry, repeat: { after } })} />}
        {typeof repeat === 'object' && 'per' in repeat && <Suggest label={t('form.per')} options={['event.order_id']} value={repeat.per} onChange={(per) => onChange({ ...entry, repeat: { per: per ?? '' } })} />}
      </Field>
      <RuleField label={t('form.audience')} withEvent={event !== undefined} event={event} value={entry.audience} onChange={(audience) => onChange({ ...entry, audience })} />
      <Field label={t('form.holdout')}>
        <div className="row">
          <InputNumber aria-label={t('form.holdout')} min={0} max={100} value={Number(entry.holdout_percent ?? 0)} onChange={(percent) => onChange({ ...entry, holdout_percent: percent ?? 0 })} />
          <span className="soft">{t('form.holdoutHint')}</span>
        </div>
      </Field>
    </>
  )
}

function Exits({ exits, onChange }: { exits: EventPattern[]; onChange(exits: EventPattern[]): void }) {
  const { t } = useTranslation()
  const set = (at: number, some: Partial<EventPattern>) => onChange(exits.map((one, i) => (i === at ? { ...one, ...some } : one)))
  return (
    <>
      {exits.map((one, i) => (
        <div key={i} className="case">
          <div className="row" style={{ marginBottom: 8 }}>
            <span className="wide"><EventField label={t('form.event')} value={one.event} onChange={(event) => set(i, { event: event ?? '' })} /></span>
            <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={() => onChange(exits.filter((_, at) => at !== i))} />
          </div>
          <RuleField label={t('form.where')} withEvent event={one.event} value={one.where} onChange={(where) => set(i, { where })} />
        </div>
      ))}
      <Button icon={<PlusOutlined />} onClick={() => onChange([...exits, { event: '' }])}>{t('form.addExit')}</Button>
    </>
  )
}

function GoalForm({ goal, onChange }: { goal: Goal | undefined; onChange(goal: Goal | undefined): void }) {
  const { t } = useTranslation()
  return (
    <>
      <Checkbox checked={goal !== undefined} onChange={(ticked) => onChange(ticked.target.checked ? { event: '', within: '7d' } : undefined)}>{t('form.hasGoal')}</Checkbox>
      <div style={{ height: 12 }} />
      {goal && (
        <>
          <Field label={t('form.event')}><EventField label={t('form.event')} value={goal.event} onChange={(event) => onChange({ ...goal, event: event ?? '' })} /></Field>
          <RuleField label={t('form.where')} withEvent event={goal.event} value={goal.where} onChange={(where) => onChange({ ...goal, where })} />
          <Field label={t('form.within')} hint={goal.within ? undefined : t('form.ever')}><DurationField label={t('form.within')} value={goal.within} onChange={(within) => onChange({ ...goal, within })} /></Field>
          <Field label={t('form.worth')}><Suggest label={t('form.worth')} options={['amount']} value={goal.value} onChange={(value) => onChange({ ...goal, value })} /></Field>
        </>
      )}
    </>
  )
}
