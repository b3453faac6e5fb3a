import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { useTemplateVersions } from '../api/queries'
import { difference, messagesOf, textChanges, type StepDifference, type TextChange } from '../model/difference'
import type { Journey, Step } from '../model/journey'
import type { Json } from '../model/json'
import { entryText, stepText, stepTitle, triggerText } from '../sentence/sentence'

interface Props {
  now: Journey
  before: Journey
  /** When the older one went live: templates changed since then are changes too. */
  publishedAt: string | undefined
}

/** What changes from one version to another, in words; of messages, the texts themselves. */
export function Changes({ now, before, publishedAt }: Props) {
  const { t } = useTranslation()
  const { steps, parts } = difference(now, before)
  const keys = [...new Set([...now.steps, ...before.steps].flatMap(messagesOf))].sort()
  const versions = useTemplateVersions(keys).data
  const rewritten = versions && publishedAt ? keys.filter((key) => textsSince(versions.get(key), publishedAt).length > 0) : []
  const isNone = steps.length + parts.length + rewritten.length === 0
  return (
    <>
      {isNone && <p>{t('publish.none')}</p>}
      <ul className="changes">
        {parts.map((part) => <li key={part}>{t(part === 'name' ? 'publish.nameChanged' : `publish.${part}`)}<Lines before={partText(before, part)} after={partText(now, part)} /></li>)}
        {steps.map((one) => <StepChange key={one.step.id} change={one} versions={versions} />)}
        {rewritten.map((key) => (
          <li key={`template ${key}`} data-rewritten={key}>
            {t('publish.rewritten', { template: key })}
            {textsSince(versions!.get(key), publishedAt!).map((text) => <Lines key={text.field} before={text.before} after={text.after} />)}
          </li>
        ))}
      </ul>
    </>
  )

  function partText(journey: Journey, part: (typeof parts)[number]): string | undefined {
    if (part === 'name') return journey.name
    if (part === 'trigger') return triggerText(journey.trigger, t)
    if (part === 'entry') return entryText(journey.entry, t)
    return part === 'goal' ? journey.goal?.event : journey.exit?.map((one) => one.event).join(', ')
  }
}

type Versions = Map<string, Schema<'VersionAnswer'>[]>

function StepChange({ change: { step, how, was }, versions }: { change: StepDifference; versions: Versions | undefined }) {
  const { t } = useTranslation()
  const texts = was && versions ? messageChanges(was, step, versions) : []
  const [old, fresh] = [was && stepText(was, t), stepText(step, t)]
  return (
    <li>
      {t(`publish.${how}`, { step: stepTitle(step, t) })} <span className="key">{step.id}</span>
      {was && old !== fresh && <Lines before={old} after={fresh} />}
      {texts.map((text, i) => <Lines key={i} before={text.before} after={text.after} />)}
    </li>
  )
}

/** Texts of another template in the same place of the chain. */
function messageChanges(was: Step, step: Step, versions: Versions): TextChange[] {
  const [old, fresh] = [messagesOf(was), messagesOf(step)]
  return fresh.flatMap((key, i) => (old[i] !== undefined && old[i] !== key ? textChanges(contentOf(versions.get(old[i])?.[0]), contentOf(versions.get(key)?.[0])) : []))
}

/** Templates are live with their saving: what people are sent by the running version has changed with it. */
function textsSince(versions: Schema<'VersionAnswer'>[] | undefined, at: string): TextChange[] {
  const then = versions?.find((one) => Date.parse(one.published_at) <= Date.parse(at))
  return then && versions ? textChanges(contentOf(then), contentOf(versions[0])) : []
}

const contentOf = (version: Schema<'VersionAnswer'> | undefined) => (version?.document as { content?: Json } | undefined)?.content

function Lines({ before, after }: { before: string | undefined; after: string | undefined }) {
  return (
    <div className="lines">
      {before !== undefined && <del>{before}</del>}
      {after !== undefined && <ins>{after}</ins>}
    </div>
  )
}
