import type { RuleGroup } from '../model/journey'
import { useJourney } from '../canvas/draft'
import { Matching } from '../rules/Matching'
import { RuleEditor } from '../rules/RuleEditor'
import { Field } from './fields'

interface Props {
  label: string
  value: RuleGroup | undefined
  onChange(value: RuleGroup | undefined): void
  withEvent?: boolean
  /** The event at hand, where it is known: its properties are offered. */
  event?: string
  hint?: string
}

/** A condition of the journey at hand; it may ask for results of its calls. */
export function RuleField({ label, hint, ...props }: Props) {
  const journey = useJourney()
  const steps = journey.steps.filter((step) => step.type === 'call' || step.type === 'send').map((step) => step.id)
  return <Field label={label} hint={hint}><RuleEditor label={label} steps={steps} {...props} /><Matching rule={props.value} /></Field>
}
