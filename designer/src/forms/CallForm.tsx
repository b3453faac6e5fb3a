import { useTranslation } from 'react-i18next'
import { useAccounts } from '../api/queries'
import type { Call } from '../model/journey'
import { FailureField } from './FailureField'
import { BagField, DurationField, Field, Suggest } from './fields'

export function CallForm({ step, change }: { step: Call; change(some: Partial<Call>): void }) {
  const { t } = useTranslation()
  const accounts = useAccounts().data?.accounts ?? []
  return (
    <>
      <Field label={t('form.account')}><Suggest label={t('form.account')} options={accounts.map((one) => one.key)} value={step.account} onChange={(account) => change({ account: account ?? '' })} /></Field>
      <Field label={t('form.content')} hint={t('form.textHint')}><BagField label={t('form.content')} value={step.content} onChange={(content) => change({ content })} /></Field>
      <Field label={t('form.timeout')}><DurationField label={t('form.timeout')} value={step.timeout ?? '10s'} onChange={(timeout) => change({ timeout })} /></Field>
      <FailureField step={step} change={change} />
    </>
  )
}
