import type { JsonObject, Json } from './json'

/** A rule of the query builder. */
export interface Rule {
  field: string
  operator: string
  value?: Json
  within?: string
}

export interface RuleGroup {
  combinator: 'and' | 'or'
  not?: boolean
  rules: (Rule | RuleGroup)[]
}

export const isGroup = (node: Rule | RuleGroup): node is RuleGroup => 'rules' in node || 'combinator' in node
export const isEverything = (group: RuleGroup | undefined) => !group || (!group.not && group.rules.length === 0)

export interface EventPattern {
  event: string
  where?: RuleGroup
}

export type Trigger =
  | { on: 'event'; event: string; where?: RuleGroup; occurrence?: number }
  | { on: 'dormant'; for: string; activity?: string[] }
  | { on: 'not_done'; did: EventPattern; but_not: EventPattern; within: string }
  | { on: 'tag'; tag: string; change?: 'added' | 'removed' }
  | { on: 'segment'; segment: string; change?: 'entered' | 'left' }
  | { on: 'date'; attribute: string; offset?: string; at?: string; yearly?: boolean }
  | { on: 'schedule'; cron: string }
  | { on: 'keyword'; keywords: string[]; match?: 'equals' | 'contains' | 'starts_with'; channel?: string }
  | { on: 'manual' }
export type TriggerKind = Trigger['on']

export interface Entry {
  repeat?: 'once' | 'always' | { after: string } | { per: string }
  audience?: RuleGroup
  holdout_percent?: number
}

export interface Goal extends EventPattern {
  within?: string
  value?: string
}

export type OnFailure = 'continue' | 'exit' | 'stuck' | { next: string }
export interface Fallback {
  channel: string
  account?: string
  template: string
  quota?: string
  after: string
}

interface Node<T extends string> {
  id: string
  type: T
  name?: string
}
export interface Wait extends Node<'wait'> {
  for?: string
  until?: { time?: string; days?: string[]; date?: string; offset?: string }
  next?: string
}
export interface WaitFor extends Node<'wait_for'> {
  event: string
  where?: RuleGroup
  timeout: string
  next?: string
  otherwise?: string
}
export interface BranchCase {
  name: string
  when: RuleGroup
  next?: string
}
export interface Branch extends Node<'branch'> {
  branches: BranchCase[]
  otherwise?: string
}
export interface Variant {
  name: string
  weight: number
  holdout?: boolean
  next?: string
}
export interface Split extends Node<'split'> {
  variants: Variant[]
}
export interface Send extends Node<'send'> {
  channel: string
  account?: string
  template: string
  quota?: string
  fallback?: Fallback[]
  on_failure?: OnFailure
  next?: string
}
export interface Update extends Node<'update'> {
  set?: JsonObject
  unset?: string[]
  add_tags?: string[]
  remove_tags?: string[]
  next?: string
}
export interface Emit extends Node<'emit'> {
  event: string
  properties?: JsonObject
  next?: string
}
export interface Call extends Node<'call'> {
  account: string
  content?: JsonObject
  timeout?: string
  on_failure?: OnFailure
  next?: string
}
export interface Exit extends Node<'exit'> {
  reason?: string
}
export type Step = Wait | WaitFor | Branch | Split | Send | Update | Emit | Call | Exit
export type StepType = Step['type']
export const stepTypes: StepType[] = ['send', 'wait', 'wait_for', 'branch', 'split', 'update', 'emit', 'call', 'exit']

export interface Journey {
  key: string
  name?: string
  description?: string
  trigger: Trigger
  entry?: Entry
  exit?: EventPattern[]
  goal?: Goal
  steps: Step[]
  notes?: { step?: string; text: string }[]
}
