import { Checkbox, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useVocabulary } from '../api/queries'
import type { Wait } from '../model/journey'
import { DurationField, Field, Suggest, TimeField } from './fields'

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

export function WaitForm({ step, change }: { step: Wait; change(some: Partial<Wait>): void }) {
  const { t } = useTranslation()
  const attributes = [...(useVocabulary().data?.attributes.keys() ?? [])].map((name) => `contact.${name}`)
  const until = step.until
  const set = (some: Partial<NonNullable<Wait['until']>>) => {
    const next = Object.fromEntries(Object.entries({ ...until, ...some }).filter(([, value]) => value !== undefined))
    if (!('date' in next)) delete next.offset
    change({ until: Object.keys(next).length > 0 ? next : undefined })
  }
  return (
    <>
      <Field label={<Checkbox checked={step.for !== undefined} onChange={(ticked) => change({ for: ticked.target.checked ? '1d' : undefined })}>{t('form.waitFor')}</Checkbox>}>
        {step.for !== undefined && <DurationField label={t('form.waitFor')} value={step.for} onChange={(span) => span && change({ for: span })} />}
      </Field>
      <Field label={<Checkbox checked={until !== undefined} onChange={(ticked) => change({ until: ticked.target.checked ? { time: '10:00' } : undefined })}>{t('form.waitUntil')}</Checkbox>}>
        {until && (
          <div className="stack">
            <div className="row"><span className="wide">{t('form.time')}</span><TimeField label={t('form.time')} value={until.time} onChange={(time) => set({ time })} /></div>
            <Select
              mode="multiple" aria-label={t('form.days')} style={{ width: '100%' }} placeholder={t('form.days')} value={until.days ?? []} options={days.map((day) => ({ value: day, label: t(`day.${day}`) }))}
              onChange={(chosen: string[]) => set({ days: chosen.length > 0 ? days.filter((day) => chosen.includes(day)) : undefined })}
            />
            <Suggest label={t('form.date')} placeholder={`${t('form.date')}: contact.birthday`} options={attributes} value={until.date} onChange={(date) => set({ date })} />
            {until.date && <div className="row"><span className="wide">{t('form.offset')}</span><DurationField negative label={t('form.offset')} value={until.offset} onChange={(offset) => set({ offset })} /></div>}
          </div>
        )}
      </Field>
    </>
  )
}
