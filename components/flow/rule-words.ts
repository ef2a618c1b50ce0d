import { type BuiltRule, type ListName, phraseOf, type Rule, ruleTable } from '@/lib/engine/schema'

type Row = Extract<BuiltRule, { field: string }>

export type RuleNames = {
  /** How people call a field. */
  nameOf: (field: string) => string
  /** What kind of values it has. */
  kindOf?: (field: string) => string | undefined
  lists?: readonly ListName[]
}

function valueWords({ op, value }: Row, lists: readonly ListName[]): string {
  const { takes } = ruleTable[op]
  const values = Array.isArray(value) ? value : [value]
  if (takes === 'nothing' || value === undefined) return ''
  if (takes === 'bounds') return values.join(' and ')
  if (takes === 'days') return value === 1 ? '1 day' : `${value} days`
  if (takes === 'list') return `“${lists.find(({ id }) => id === value)?.name ?? value}”`
  if (takes === 'distance') return `${values[0]} miles of ${values.slice(1).join(', ')}`
  return values.join(', ')
}

const rowWords = (row: Row, { nameOf, kindOf, lists = [] }: RuleNames) =>
  [nameOf(row.field), phraseOf(row.op, kindOf?.(row.field)).is, valueWords(row, lists)].filter(Boolean).join(' ')

function partWords(rule: BuiltRule, names: RuleNames, isInside: boolean): string {
  if ('field' in rule) return rowWords(rule, names)
  const [parts, joint] = 'all' in rule ? [rule.all, isInside ? ' and ' : ' · '] : [rule.any, ' or ']
  const text = parts.map((part) => partWords(part, names, true)).join(joint)
  return isInside && parts.length > 1 ? `(${text})` : text
}

/** A rule in one line: rows in words, an expression as it is written. */
export function summaryOf(
  rule: Rule,
  names: RuleNames = { nameOf: (field) => field.replaceAll('_', ' ') },
): { text: string; isCode: boolean } {
  return typeof rule === 'string'
    ? { text: rule, isCode: true }
    : { text: partWords(rule, names, false), isCode: false }
}
