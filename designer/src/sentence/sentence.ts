import type { TFunction } from 'i18next'
import { nth } from '../i18n'
import { parseDuration, splitDuration } from '../model/duration'
import { isEverything, isGroup, type Entry, type Rule, type RuleGroup, type Step, type Trigger } from '../model/journey'
import { ExactNumber, type Json } from '../model/json'

/** One sentence in plain language for everything a card shows. Made anew from the document each time, never stored. */

export function span(text: string | undefined, t: TFunction): string {
  const seconds = text === undefined ? null : parseDuration(text)
  if (seconds === null) return text || t('sentence.nothing')
  const { amount, unit } = splitDuration(Math.abs(seconds))
  return t(`span.${unit}`, { count: amount })
}

const way = (offset: string, t: TFunction) => (offset.startsWith('-') ? t('sentence.before') : t('sentence.after'))
const names = (list: string[]) => list.join(', ')
export const channelName = (channel: string, t: TFunction) => t(`channel.${channel}`, { defaultValue: channel })

/** `open_id:wx1` belongs to one app, which stays beside the name. */
export function identityName(type: string, t: TFunction): string {
  const [kind, app] = type.split(':')
  return [t(`identity.${kind}`, { defaultValue: kind! }), app].filter(Boolean).join(' · ')
}

function valueText(value: Json | undefined): string {
  if (value instanceof ExactNumber) return value.text
  if (Array.isArray(value)) return value.map(valueText).join(', ')
  return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export function fieldName(field: string, t: TFunction): string {
  const [area, name, ...rest] = field.split('.')
  const last = rest.join('.')
  if (area === 'history' && name) {
    if (last === 'count' || last === 'first' || last === 'last') return t(`rules.${last}`, { event: name })
    if (last.startsWith('sum:')) return t('rules.sum', { event: name, property: last.slice(4) })
  }
  if (area === 'tags' || area === 'segments' || area === 'lists') return t(`rules.${area}`)
  if (area === 'consent' || area === 'quota') return `${t(`rules.${area}`)} ${area === 'consent' ? channelName(name ?? '', t) : name}`
  return area === 'contact' ? field.slice('contact.'.length) : field
}

const rulesMax = 3

/** A condition in words. What is too long for a card says how many more there are. */
export function ruleText(group: RuleGroup | undefined, t: TFunction): string {
  if (isEverything(group)) return t('sentence.everybody')
  const { rules, combinator, not } = group!
  const parts = rules.slice(0, rulesMax).map((one) => (isGroup(one) ? (one.rules.length > 1 && !one.not ? `(${ruleText(one, t)})` : ruleText(one, t)) : oneRule(one, t)))
  const more = rules.length - parts.length
  const text = parts.join(t(combinator === 'or' ? 'sentence.or' : 'sentence.and')) + (more > 0 ? t('sentence.moreRules', { count: more }) : '')
  return not ? t('sentence.not', { rule: text }) : text
}

function oneRule(rule: Rule, t: TFunction): string {
  const within = rule.within ? t('sentence.within', { span: span(rule.within, t) }) : ''
  return [fieldName(rule.field, t), within, t(`operator.${rule.operator}`, { defaultValue: rule.operator }), valueText(rule.value)].filter(Boolean).join(' ')
}

/** The sentence with its condition, where it has one. */
const where = (sentence: string, group: RuleGroup | undefined, t: TFunction) => (isEverything(group) ? sentence : t('sentence.where', { sentence, rule: ruleText(group, t) }))

export const triggerText = (trigger: Trigger, t: TFunction) => spaced(triggerSentence(trigger, t))

function triggerSentence(trigger: Trigger, t: TFunction): string {
  const event = (name: string | undefined) => name || t('sentence.nothing')
  switch (trigger.on) {
    case 'event':
      return where(
        !trigger.occurrence ? t('sentence.event', { event: event(trigger.event) })
          : trigger.occurrence === 1 ? t('sentence.eventFirst', { event: event(trigger.event) })
          : t('sentence.eventNth', { event: event(trigger.event), nth: nth(trigger.occurrence) }),
        trigger.where, t)
    case 'dormant':
      return trigger.activity?.length ? t('sentence.dormantOf', { names: names(trigger.activity), span: span(trigger.for, t) }) : t('sentence.dormant', { span: span(trigger.for, t) })
    case 'not_done':
      return t('sentence.not_done', { did: where(event(trigger.did?.event), trigger.did?.where, t), butNot: where(event(trigger.but_not?.event), trigger.but_not?.where, t), span: span(trigger.within, t) })
    case 'tag': return t(trigger.change === 'removed' ? 'sentence.tagRemoved' : 'sentence.tagAdded', { tag: event(trigger.tag) })
    case 'segment': return t(trigger.change === 'left' ? 'sentence.segmentLeft' : 'sentence.segmentEntered', { segment: event(trigger.segment) })
    case 'date': {
      const told = { attribute: event(trigger.attribute), at: trigger.at ?? '00:00' }
      if (trigger.offset) return t('sentence.dateShift', { ...told, span: span(trigger.offset, t), way: way(trigger.offset, t) })
      return t(trigger.yearly ? 'sentence.dateYearly' : 'sentence.date', told)
    }
    case 'schedule': return t('sentence.schedule', { cron: event(trigger.cron) })
    case 'keyword': return t('sentence.keyword', { words: names(trigger.keywords ?? []) || t('sentence.nothing') })
    default: return t('sentence.manual')
  }
}

/** Chinese sets a space between its own signs and Latin letters or digits, and none between two signs of its own. */
export function spaced(text: string): string {
  if (!/\p{Script=Han}/u.test(text)) return text
  // What stands in quotation marks is somebody's own text.
  return text.split(/(“[^”]*”)/).map((part) => (part.startsWith('“') ? part : part
    .replace(/(\p{Script=Han})([\p{Script=Latin}\d{])/gu, '$1 $2').replace(/([\p{Script=Latin}\d}%])(\p{Script=Han})/gu, '$1 $2')
    .replace(/(?<=\p{Script=Han}) +(?=[\p{Script=Han}“])/gu, ''))).join('')
}

export const entryText = (entry: Entry | undefined, t: TFunction) => spaced(entrySentence(entry, t))

function entrySentence(entry: Entry | undefined, t: TFunction): string {
  const repeat = entry?.repeat ?? 'once'
  const often = repeat === 'once' ? t('sentence.once')
    : repeat === 'always' ? t('sentence.always')
    : 'after' in repeat ? t('sentence.afterSpan', { span: span(repeat.after, t) })
    : t('sentence.per', { field: repeat.per })
  return isEverything(entry?.audience) ? often : `${ruleText(entry?.audience, t)} · ${often}`
}

export const stepText = (step: Step, t: TFunction) => spaced(stepSentence(step, t))

function stepSentence(step: Step, t: TFunction): string {
  switch (step.type) {
    case 'wait': return waitText(step, t)
    case 'wait_for':
      return step.event ? t('sentence.wait_for', { event: where(step.event, step.where, t), span: span(step.timeout, t) }) : t('sentence.eventNothing')
    case 'branch':
      return step.branches?.length === 1
        ? t('sentence.branchOne', { rule: ruleText(step.branches[0]!.when, t) })
        : t('sentence.branch', { count: step.branches?.length ?? 0 })
    case 'split': {
      const sum = (step.variants ?? []).reduce((total, one) => total + (Number(one.weight) || 0), 0)
      return t('sentence.split', { names: names((step.variants ?? []).map((one) => `${one.name} ${sum ? Math.round((one.weight / sum) * 100) : 0}%`)) })
    }
    case 'send': {
      if (!step.channel || !step.template) return t('sentence.sendNothing')
      const told = { channel: channelName(step.channel, t), template: step.template }
      const then = step.fallback?.[0]
      return then ? t('sentence.sendThen', { ...told, fallback: channelName(then.channel, t), span: span(then.after, t) }) : t('sentence.send', told)
    }
    case 'update': {
      const parts = [
        Object.keys(step.set ?? {}).length > 0 && t('sentence.set', { names: names(Object.keys(step.set!)) }),
        step.unset?.length && t('sentence.unset', { names: names(step.unset) }),
        step.add_tags?.length && t('sentence.addTags', { names: names(step.add_tags) }),
        step.remove_tags?.length && t('sentence.removeTags', { names: names(step.remove_tags) }),
      ].filter((part): part is string => Boolean(part))
      const text = parts.join('; ') || t('sentence.updateNothing')
      return text.charAt(0).toUpperCase() + text.slice(1)
    }
    case 'emit': return step.event ? t('sentence.emit', { event: step.event }) : t('sentence.eventNothing')
    case 'call': return step.account ? t('sentence.call', { account: step.account }) : t('sentence.callNothing')
    case 'exit': return step.reason ? t('sentence.exitReason', { reason: step.reason }) : t('sentence.exit')
    default: return ''
  }
}

function waitText(step: Extract<Step, { type: 'wait' }>, t: TFunction): string {
  const { until } = step
  if (!until) return step.for ? t('sentence.waitFor', { span: span(step.for, t) }) : t('sentence.waitNothing')
  const days = names((until.days ?? []).map((day) => t(`day.${day}`)))
  const moment = t('sentence.untilDay', { days, time: until.time ?? '' }).trim()
  const date = !until.date ? ''
    : until.offset ? t('sentence.untilShift', { date: until.date, span: span(until.offset, t), way: way(until.offset, t) })
    : t('sentence.untilDate', { date: until.date })
  const told = [date, moment].filter(Boolean).join(' ')
  return step.for ? t('sentence.waitForUntil', { span: span(step.for, t), until: told }) : t('sentence.waitUntil', { until: told })
}

/** What a card is called: its own name, or its kind. */
export const stepTitle = (step: Step, t: TFunction) => step.name || t(`step.${step.type}`, { defaultValue: step.type })
