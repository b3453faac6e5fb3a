import { QueryBuilderAntD } from '@react-querybuilder/antd'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatQuery, prepareRuleGroup, QueryBuilder, type Field, type RuleGroupType } from 'react-querybuilder'
import { useVocabulary, useSegments, useChannels } from '../api/queries'
import type { RuleGroup } from '../model/journey'
import { fieldName } from '../sentence/sentence'
import { Action, Not } from './elements'
import { FieldChooser } from './FieldChooser'
import { ValueField } from './ValueField'
import { operatorsFor } from './operators'

interface Props {
  value: RuleGroup | undefined
  onChange(value: RuleGroup | undefined): void
  /** Whether there is an event to look at. */
  withEvent?: boolean
  /** Steps whose results may be asked. */
  steps?: string[]
  label: string
}

const everything: RuleGroup = { combinator: 'and', rules: [] }
const withIds = (value: RuleGroup | undefined) => prepareRuleGroup((value ?? everything) as unknown as RuleGroupType)
const plain = (query: RuleGroupType) => formatQuery(query, 'json_without_ids')
const controlElements = { fieldSelector: FieldChooser, valueEditor: ValueField, actionElement: Action, notToggle: Not }

/** A condition, as the query builder keeps it; the document holds the same JSON without the builder's own ids. */
export function RuleEditor({ value, onChange, withEvent = false, steps = [], label }: Props) {
  const { t } = useTranslation()
  const fields = useRuleFields(value, withEvent, steps)
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
            addRule: { label: t('rules.addRule') }, addGroup: { label: t('rules.addGroup') }, notToggle: { label: t('rules.not') }, removeRule: { label: '✕', title: t('common.remove') },
            removeGroup: { label: '✕', title: t('common.remove') },
          }}
          context={{ withEvent }}
        />
      </QueryBuilderAntD>
    </div>
  )
}

/** Fields that really occur: what contacts have, what they did, what the workspace knows; and those the rule already names. */
function useRuleFields(value: RuleGroup | undefined, withEvent: boolean, steps: string[]): Field[] {
  const { t } = useTranslation()
  const vocabulary = useVocabulary().data
  const segments = useSegments().data
  const channels = useChannels().data
  return useMemo(() => {
    const names = [
      ...[...(vocabulary?.attributes.keys() ?? [])].map((name) => `contact.${name}`),
      ...(vocabulary?.events ?? []).flatMap((event) => [`history.${event}.count`, `history.${event}.last`, `history.${event}.first`]),
      'tags', ...((segments?.length ?? 0) > 0 ? ['segments'] : []), ...((vocabulary?.lists.length ?? 0) > 0 ? ['lists'] : []),
      ...(channels ?? []).map((channel) => `consent.${channel}`), ...(vocabulary?.quotas ?? []).map((quota) => `quota.${quota}`),
      ...(withEvent ? ['event.amount'] : []), ...steps.map((step) => `steps.${step}.outcome`),
    ]
    const used: string[] = []
    JSON.stringify(value ?? {}, (key, one: unknown) => (key === 'field' && typeof one === 'string' ? (used.push(one), one) : one))
    return [...new Set([...names, ...used])].map((name) => ({ name, value: name, label: fieldName(name, t) }))
  }, [vocabulary, segments, channels, withEvent, steps, value, t])
}
