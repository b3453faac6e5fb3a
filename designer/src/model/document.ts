import { canonicalDuration } from './duration'
import type { Journey, StepType, TriggerKind } from './journey'
import { ExactNumber, isObject, parseJson, writeJson, type Json, type JsonObject } from './json'

/**
 * The journey document, read and written. Writing gives the same bytes as the engine's own writer: its key order, its durations,
 * and no property that is null, false or empty. A property nobody knows is kept behind the others, so that lint can name it.
 */
export function readJourney(text: string): Journey {
  return toJourney(parseJson(text))
}

export function toJourney(value: Json): Journey {
  if (!isObject(value)) throw new Error('Expected a journey to be a JSON object, but found something else.')
  if (!Array.isArray(value.steps ?? [])) throw new Error('Expected steps to be a list, but found something else.')
  const steps = ((value.steps ?? []) as Json[]).filter(isObject).map((step) => ({ ...step, id: String(step.id), type: String(step.type) }))
  const trigger = isObject(value.trigger) ? value.trigger : { on: 'manual' }
  return canonical({ ...value, trigger, steps }) as unknown as Journey
}

export const writeJourney = (journey: Journey) => `${writeJson(canonical(journey as unknown as JsonObject))}\n`

/** For requests: the same document in one line. */
export const packJourney = (journey: Journey) => writeJson(canonical(journey as unknown as JsonObject), null)

type Shape = Record<string, Clean>
type Clean = (value: Json) => Json | undefined

const text: Clean = (value) => value
const words: Clean = (value) => (Array.isArray(value) && value.length === 0 ? undefined : value)
const flag: Clean = (value) => value || undefined
const span: Clean = (value) => (typeof value === 'string' ? canonicalDuration(value) : value)
const shift: Clean = (value) => (span(value) === '0s' ? undefined : span(value))
const remark: Clean = (value) => (typeof value === 'string' && !value.trim() ? undefined : value)
const withoutPrefix = (prefix: string): Clean => (value) =>
  typeof value === 'string' && value.startsWith(prefix) ? value.slice(prefix.length) : value
const bag: Clean = (value) => (isObject(value) && Object.keys(value).length === 0 ? undefined : value)
const number: Clean = (value) => (value instanceof ExactNumber ? exact(value) : value)

function exact(value: ExactNumber): Json {
  const plain = Number(value.text)
  return /[eE]/.test(value.text) && Number.isSafeInteger(plain) ? plain : value
}

function shaped(value: Json, shape: Shape): Json {
  if (!isObject(value)) return value
  const written: JsonObject = {}
  for (const key of Object.keys(shape)) {
    const item = value[key]
    if (item !== undefined && item !== null) {
      const cleaned = shape[key]!(item)
      if (cleaned !== undefined) written[key] = cleaned
    }
  }
  for (const key of Object.keys(value)) {
    if (!(key in shape) && value[key] !== undefined) written[key] = value[key]
  }
  return written
}

const list = (shape: Shape, always = false): Clean => (value) =>
  !Array.isArray(value) ? value : value.length === 0 && !always ? undefined : value.map((item) => shaped(item, shape))

/** The query builder's own keys (id, path) say nothing and are left out. */
function group(value: Json): Json {
  if (!isObject(value)) return value
  const { id: _id, path: _path, disabled: _disabled, muted, ...rest } = value
  const rules = Array.isArray(rest.rules) ? rest.rules.map(node) : rest.rules
  const isAll = Array.isArray(rules) && rules.length === 0 && !rest.not
  return shaped(
    { ...rest, ...(muted ? { muted } : {}), combinator: isAll ? 'and' : (rest.combinator ?? 'and'), rules },
    { combinator: text, not: flag, rules: text })
}

function node(value: Json): Json {
  if (!isObject(value)) return value
  if ('rules' in value || 'combinator' in value) return group(value)
  const { id: _id, path: _path, disabled: _disabled, muted, valueSource, ...rest } = value
  return shaped(
    { ...rest, ...(muted ? { muted } : {}), ...(valueSource && valueSource !== 'value' ? { valueSource } : {}) },
    { field: text, operator: text, value: number, within: span })
}

const rule: Clean = (value) => {
  const written = group(value)
  return isObject(written) && Array.isArray(written.rules) && written.rules.length === 0 && !written.not ? undefined : written
}
const pattern: Shape = { event: text, where: rule }
const eventOrPattern: Clean = (value) => shaped(typeof value === 'string' ? { event: value } : value, pattern)
const onFailure: Clean = (value) => (value === 'continue' ? undefined : value)

const triggers: Record<TriggerKind, Shape> = {
  event: { on: text, event: text, where: rule, occurrence: text },
  dormant: { on: text, for: span, activity: words },
  not_done: { on: text, did: eventOrPattern, but_not: eventOrPattern, within: span },
  tag: { on: text, tag: text, change: text },
  segment: { on: text, segment: text, change: text },
  date: { on: text, attribute: withoutPrefix('contact.'), offset: shift, at: text, yearly: flag },
  schedule: { on: text, cron: text },
  keyword: { on: text, keywords: words, match: text, channel: text },
  manual: { on: text },
}
const defaults: Partial<Record<TriggerKind, JsonObject>> = {
  tag: { change: 'added' }, segment: { change: 'entered' }, date: { at: '00:00' }, keyword: { match: 'equals' },
}

const until: Clean = (value) => shaped(value, { time: text, days: words, date: text, offset: shift })
const fallback: Shape = { channel: text, account: text, template: text, quota: text, after: span }
const steps: Record<StepType, Shape> = {
  wait: { for: span, until, next: text },
  wait_for: { event: text, where: rule, timeout: span, next: text, otherwise: text },
  branch: { branches: list({ name: text, when: group, next: text }, true), otherwise: text },
  split: { variants: list({ name: text, weight: number, holdout: flag, next: text }, true) },
  send: {
    channel: text, account: text, template: text, quota: text, fallback: list(fallback), on_failure: onFailure, next: text,
  },
  update: { set: bag, unset: words, add_tags: words, remove_tags: words, next: text },
  emit: { event: text, properties: bag, next: text },
  call: { account: text, content: bag, timeout: (value) => (span(value) === '10s' ? undefined : span(value)), on_failure: onFailure, next: text },
  exit: { reason: text },
}

function step(value: Json): Json {
  const written = shaped(value, { id: text, type: text, name: remark, ...(steps[(value as JsonObject).type as StepType] ?? {}) }) as JsonObject
  const changes = ['set', 'unset', 'add_tags', 'remove_tags'].some((key) => key in written)
  // An update of nothing is still an update in the document, or it could not be read again.
  return written.type === 'update' && !changes ? shaped({ ...written, set: {} }, { id: text, type: text, name: remark, set: text, next: text }) : written
}

function entry(value: Json): Json | undefined {
  if (!isObject(value)) return value
  const { after, per, ...rest } = value
  const repeat = after !== undefined ? { after } : per !== undefined ? { per } : (rest.repeat ?? 'once')
  const written = shaped({ ...rest, repeat }, {
    repeat: (one) => shaped(one, { after: span, per: text }),
    audience: rule,
    holdout_percent: (percent) => (Number(percent instanceof ExactNumber ? percent.text : percent) === 0 ? undefined : number(percent)),
  }) as JsonObject
  return written.repeat === 'once' && Object.keys(written).length === 1 ? undefined : written
}

function canonical(journey: JsonObject): JsonObject {
  const { $schema: _schema, name, ...rest } = journey
  return shaped({ ...rest, ...(name === rest.key ? {} : { name }) }, {
    key: text,
    name: text,
    description: remark,
    trigger: (value) => {
      const on = (value as JsonObject).on as TriggerKind
      return shaped({ ...defaults[on], ...(value as JsonObject) }, triggers[on] ?? { on: text })
    },
    entry,
    exit: list(pattern),
    goal: (value) => shaped(value, { ...pattern, within: span, value: withoutPrefix('event.') }),
    steps: (value) => (value as Json[]).map(step),
    notes: list({ step: text, text }),
  }) as JsonObject
}
