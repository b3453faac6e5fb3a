import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useJourney } from '../canvas/draft'
import type { OnFailure, Step } from '../model/journey'
import { stepTitle } from '../sentence/sentence'
import { Field } from './fields'

type Failing = Extract<Step, { on_failure?: OnFailure }>

/** What happens when a message or a call failed for good. */
export function FailureField({ step, change }: { step: Failing; change(some: { on_failure?: OnFailure }): void }) {
  const { t } = useTranslation()
  const others = useJourney().steps.filter((one) => one.id !== step.id)
  const policy = step.on_failure ?? 'continue'
  const kind = typeof policy === 'object' ? 'other' : policy
  return (
    <Field label={t('form.onFailure')}>
      <Select
        aria-label={t('form.onFailure')} value={kind}
        options={[
          { value: 'continue', label: t('form.goOn') }, { value: 'exit', label: t('form.exitFail') }, { value: 'stuck', label: t('form.stuck') },
          { value: 'other', label: t('form.other'), disabled: others.length === 0 },
        ]}
        onChange={(chosen) => change({ on_failure: chosen === 'other' ? { next: others[0]!.id } : chosen === 'continue' ? undefined : (chosen as OnFailure) })}
      />
      {typeof policy === 'object' && (
        <Select
          aria-label={t('form.other')} style={{ marginTop: 8 }} value={policy.next} options={others.map((one) => ({ value: one.id, label: `${stepTitle(one, t)} (${one.id})` }))}
          onChange={(next: string) => change({ on_failure: { next } })}
        />
      )}
    </Field>
  )
}
