import { QueryBuilderAntD } from '@react-querybuilder/antd'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatQuery, prepareRuleGroup, QueryBuilder, type Field, type RuleGroupType } from 'react-querybuilder'
import { useChannels, useSegments, useVocabulary, type Vocabulary } from '../api/queries'
import type { RuleGroup } from '../model/journey'
import { fieldName } from '../sentence/sentence'
import { Action, Chooser, Not } from './elements'
import { FieldChooser } from './FieldChooser'
import { ValueField } from './ValueField'
import { operatorsFor } from './operators'

interface Props {
  value: RuleGroup | undefined
  onChange(value: RuleGroup | undefined): void
  /** Whether there is an event to look at. */
  withEvent?: boolean
  event?: string
  /** Steps whose results may be asked. */
  steps?: string[]
  label: string
}

const everything: RuleGroup = { combinator: 'and', rules: [] }
const withIds = (value: RuleGroup | undefined) => prepareRuleGroup((value ?? everything) as unknown as RuleGroupType)
const plain = (query: RuleGroupType) => formatQuery(query, 'json_without_ids')
const controlElements = { fieldSelector: FieldChooser, valueEditor: ValueField, actionElement: Action, notToggle: Not, operatorSelector: Chooser, combinatorSelector: Chooser }

/** A condition, as the query builder keeps it; the document holds the same JSON without the builder's own ids. */
export function RuleEditor({ value, onChange, withEvent = false, event, steps = [], label }: Props) {
  const { t } = useTranslation()
  const fields = useRuleFields(value, withEvent, event, steps)
  // The builder knows its rows by ids that the document does not have; new ones at each letter would take the focus away.
  const [query, setQuery] = useState(() => withIds(value))
  useEffect(() => {
    if (plain(query) !== plain(withIds(value))) setQuery(withIds(value))
    // Only what comes from outside, such as undo, replaces what is being typed.
  }, [value])
  return (
    <div role="group" aria-label={label}>
      <QueryBuilderAntD>
        <QueryBuilder
          fields={fields} query={query} controlElements={controlElements} showNotToggle resetOnFieldChange={false} resetOnOperatorChange={false} autoSelectField
          getOperators={(field) => operatorsFor(field).map((name) => ({ name, value: name, label: t(`operator.${name}`) }))}
          combinators={[{ name: 'and', label: t('rules.and') }, { name: 'or', label: t('rules.or') }]}
          onQueryChange={(next) => {
            setQuery(next)
            if (plain(next) !== plain(query)) onChange(JSON.parse(plain(next)) as RuleGroup)
          }}
          translations={{
            operators: { title: t('rules.operator') }, combinators: { title: t('rules.combinator') },
            addRule: { label: t('rules.addRule') }, addGroup: { label: t('rules.addGroup') }, notToggle: { label: t('rules.not') }, removeRule: { label: '✕', title: t('common.remove') },
            removeGroup: { label: '✕', title: t('common.remove') },
          }}
          context={{ event }}
        />
      </QueryBuilderAntD>
    </div>
  )
}

/** Fields that really occur: what contacts have, what they did, what the workspace knows; and those the rule already names. */
function useRuleFields(value: RuleGroup | undefined, withEvent: boolean, event: string | undefined, steps: string[]): Field[] {
  const { t } = useTranslation()
  const vocabulary = useVocabulary().data
  const segments = useSegments().data
  const channels = useChannels().data
  return useMemo(() => {
    const names = [
      ...[...(vocabulary?.attributes.keys() ?? [])].map((name) => `contact.${name}`),
      ...(vocabulary?.events ?? []).flatMap((name) => [`history.${name}.count`, `history.${name}.last`, `history.${name}.first`, ...sumsOf(vocabulary, name)]),
      'tags', ...((segments?.length ?? 0) > 0 ? ['segments'] : []), ...((vocabulary?.lists.length ?? 0) > 0 ? ['lists'] : []),
      ...(channels ?? []).map((channel) => `consent.${channel}`), ...(vocabulary?.quotas ?? []).map((quota) => `quota.${quota}`),
      ...(withEvent ? propertiesOf(vocabulary, event).map((name) => `event.${name}`) : []), ...steps.map((step) => `steps.${step}.outcome`),
    ]
    const used: string[] = []
    JSON.stringify(value ?? {}, (key, one: unknown) => (key === 'field' && typeof one === 'string' ? (used.push(one), one) : one))
    return [...new Set([...names, ...used])].map((name) => ({ name, value: name, label: fieldName(name, t) }))
  }, [vocabulary, segments, channels, withEvent, event, steps, value, t])
}

/** Properties that were seen on the event, or on any where it is not known yet. */
const propertiesOf = (vocabulary: Vocabulary | undefined, event: string | undefined) =>
  [...new Set((vocabulary?.seen ?? []).filter((one) => !event || one.name === event).flatMap((one) => one.properties.map((property) => property.name)))]

/** Properties with numbers can be added up. */
const sumsOf = (vocabulary: Vocabulary | undefined, event: string) =>
  (vocabulary?.seen.find((one) => one.name === event)?.properties ?? []).filter((one) => one.samples.length > 0 && one.samples.every((value) => typeof value === 'number'))
    .map((one) => `history.${event}.sum:${one.name}`)
