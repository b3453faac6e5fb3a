/** Operators that suit a field. A rule that came with another keeps it; lint says what it thinks of it. */
const text = ['=', '!=', 'in', 'notIn', 'contains', 'doesNotContain', 'beginsWith', 'endsWith', '<', '<=', '>', '>=', 'between', 'null', 'notNull']
const number = ['>=', '>', '=', '!=', '<=', '<', 'between', 'notBetween']
const moment = ['>=', '>', '<=', '<', 'null', 'notNull']
const list = ['contains', 'doesNotContain', 'null', 'notNull']

export function operatorsFor(field: string): string[] {
  const [area] = field.split('.')
  if (area === 'tags' || area === 'segments' || area === 'lists') return list
  if (area === 'consent') return ['=', '!=']
  if (area === 'quota' || /^history\..*\.(count|sum:.*)$/.test(field)) return number
  if (/^history\..*\.(first|last)$/.test(field)) return moment
  return text
}
