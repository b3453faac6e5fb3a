import { Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useVocabulary } from '../api/queries'
import { useDraft, useJourney } from '../canvas/draft'
import { changeStep, connect, keepTail, renameStep, setNote } from '../model/commands'
import type { Step } from '../model/journey'
import { outputs, reachable, type Output } from '../model/links'
import { stepTitle } from '../sentence/sentence'
import { BranchForm } from './BranchForm'
import { CallForm } from './CallForm'
import { BagField, DurationField, EventField, Field, NamesField } from './fields'
import { RuleField } from './RuleField'
import { SendForm } from './SendForm'
import { SplitForm } from './SplitForm'
import { WaitForm } from './WaitForm'

export type Change<T extends Step> = (some: Partial<T>) => void

export function StepForm({ step }: { step: Step }) {
  const { t } = useTranslation()
  const draft = useDraft()
  const journey = useJourney()
  // A property set to undefined is one that is taken away.
  const change = (some: Partial<Step>) => draft.edit(
    (now) => changeStep(now, step.id, (one) => prune({ ...one, ...some } as Step)), `${step.id}/${Object.keys(some).join()}`)
  return (
    <>
      <Kind step={step} change={change as never} />
      <h3>{t('operate.more')}</h3>
      <Ways step={step} />
      <Field label={t('form.stepName')}>
        <Input value={step.name ?? ''} placeholder={stepTitle({ ...step, name: undefined } as Step, t)} aria-label={t('form.stepName')} onChange={(typed) => change({ name: typed.target.value || undefined })} />
      </Field>
      <StepId step={step} />
      <Field label={t('form.note')} hint={t('form.noteHint')}>
        <Input.TextArea
          aria-label={t('form.note')} autoSize={{ minRows: 1, maxRows: 6 }} value={journey.notes?.find((note) => note.step === step.id)?.text ?? ''}
          onChange={(typed) => draft.edit((now) => setNote(now, step.id, typed.target.value), `${step.id}/note`)}
        />
      </Field>
    </>
  )
}

function Kind({ step, change }: { step: Step; change: Change<never> }) {
  const { t } = useTranslation()
  const vocabulary = useVocabulary().data
  const set = change as (some: Record<string, unknown>) => void
  switch (step.type) {
    case 'wait': return <WaitForm step={step} change={set} />
    case 'branch': return <BranchForm step={step} change={set} />
    case 'split': return <SplitForm step={step} change={set} />
    case 'send': return <SendForm step={step} change={set} />
    case 'call': return <CallForm step={step} change={set} />
    case 'wait_for':
      return (
        <>
          <Field label={t('form.event')}><EventField label={t('form.event')} value={step.event} onChange={(event) => set({ event: event ?? '' })} /></Field>
          <RuleField label={t('form.where')} withEvent event={step.event} value={step.where} onChange={(where) => set({ where })} />
          <Field label={t('form.timeout')}><DurationField label={t('form.timeout')} value={step.timeout} onChange={(timeout) => timeout && set({ timeout })} /></Field>
        </>
      )
    case 'update':
      return (
        <>
          <Field label={t('form.set')} hint={t('form.textHint')}><BagField label={t('form.set')} names={[...(vocabulary?.attributes.keys() ?? [])]} value={step.set} onChange={(bag) => set({ set: bag })} /></Field>
          <Field label={t('form.addTags')}><NamesField label={t('form.addTags')} options={vocabulary?.tags} value={step.add_tags} onChange={(add_tags) => set({ add_tags })} /></Field>
          <Field label={t('form.removeTags')}><NamesField label={t('form.removeTags')} options={vocabulary?.tags} value={step.remove_tags} onChange={(remove_tags) => set({ remove_tags })} /></Field>
          <Field label={t('form.unset')}><NamesField label={t('form.unset')} options={[...(vocabulary?.attributes.keys() ?? [])]} value={step.unset} onChange={(unset) => set({ unset })} /></Field>
        </>
      )
    case 'emit':
      return (
        <>
          <Field label={t('form.event')}><EventField label={t('form.event')} value={step.event} onChange={(event) => set({ event: event ?? '' })} /></Field>
          <Field label={t('form.properties')} hint={t('form.textHint')}><BagField label={t('form.properties')} value={step.properties} onChange={(properties) => set({ properties })} /></Field>
        </>
      )
    case 'exit':
      return <Field label={t('form.reason')}><Input aria-label={t('form.reason')} value={step.reason ?? ''} onChange={(typed) => set({ reason: typed.target.value || undefined })} /></Field>
    default: return null
  }
}

/** Where each way of a step leads: the means to join ways, or to end one here. */
function Ways({ step }: { step: Step }) {
  const { t } = useTranslation()
  const draft = useDraft()
  const journey = useJourney()
  const alive = reachable(journey.steps)
  const ways = outputs(step).filter((way) => way.slot !== 'on_failure')
  const named = (way: Output) => way.name ?? t(way.slot === 'otherwise' ? (step.type === 'wait_for' ? 'canvas.timeout' : 'canvas.otherwise') : 'canvas.came')
  const isTogether = ways.length > 1 && ways[0]!.to !== undefined && ways.every((way) => way.to === ways[0]!.to)
  const options = journey.steps.filter((one) => one.id !== step.id && (alive.has(one.id) || !alive.has(step.id))).map((one) => ({ value: one.id, label: `${stepTitle(one, t)} (${one.id})` }))
  const each = ways.map((way) => {
    const label = `${t('form.leadsTo')}${ways.length > 1 ? ` · ${named(way)}` : ''}`
    return (
      <Field key={way.slot} label={label}>
        <Select
          aria-label={label} showSearch={{ optionFilterProp: 'label' }} value={way.to ?? ''} options={[{ value: '', label: t('form.toEnd') }, ...options]}
          onChange={(to: string) => draft.edit((now) => connect(now, way, to || undefined))}
        />
      </Field>
    )
  })
  return (
    <>
      {isTogether && (
        <Field label={t('form.tail')}>
          <Select
            aria-label={t('form.tail')} value="" options={[{ value: '', label: t('form.tailAll') }, ...ways.map((way) => ({ value: way.slot, label: t('form.tailOnly', { way: named(way) }) }))]}
            onChange={(slot: string) => slot && draft.edit((now) => keepTail(now, step.id, slot))}
          />
        </Field>
      )}
      {each}
    </>
  )
}

/** The id is changed when the field is left: half a word is no id. */
function StepId({ step }: { step: Step }) {
  const { t } = useTranslation()
  const draft = useDraft()
  const [text, setText] = useState(step.id)
  const rename = () => {
    const next = renameStep(draft.journey, step.id, text.trim())
    if (next === draft.journey) return setText(step.id)
    draft.edit(next)
    draft.select(text.trim())
  }
  return (
    <Field label={t('form.id')} hint={t('form.idHint')}>
      <Input aria-label={t('form.id')} value={text} onChange={(typed) => setText(typed.target.value)} onBlur={rename} onPressEnter={rename} />
    </Field>
  )
}

const prune = (step: Step): Step => Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined)) as unknown as Step
