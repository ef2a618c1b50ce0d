import type { BuiltRule, Rule, RuleOp } from '@/lib/engine/schema'

/** Rows under one conjunction, as the rule builder shows them. `value` is the text in the box. */
export type RuleRow = { field: string; op: RuleOp; value: string }
export type RuleRows = { join: 'all' | 'any'; rows: RuleRow[] }

type Op = { words: string; needsValue: boolean; for?: 'order' | 'text' | 'truth' }

export const ops: Record<RuleOp, Op> = {
  equals: { words: 'is', needsValue: true },
  not_equals: { words: 'is not', needsValue: true },
  in: { words: 'is one of', needsValue: true },
  not_in: { words: 'is none of', needsValue: true },
  less_than: { words: 'is less than', needsValue: true, for: 'order' },
  at_most: { words: 'is at most', needsValue: true, for: 'order' },
  greater_than: { words: 'is more than', needsValue: true, for: 'order' },
  at_least: { words: 'is at least', needsValue: true, for: 'order' },
  includes: { words: 'contains', needsValue: true, for: 'text' },
  not_includes: { words: 'does not contain', needsValue: true, for: 'text' },
  starts_with: { words: 'starts with', needsValue: true, for: 'text' },
  ends_with: { words: 'ends with', needsValue: true, for: 'text' },
  matches: { words: 'matches the pattern', needsValue: true, for: 'text' },
  not_matches: { words: 'does not match', needsValue: true, for: 'text' },
  valid: { words: 'is valid', needsValue: false },
  not_valid: { words: 'is not valid', needsValue: false },
  not_blank: { words: 'is given', needsValue: false },
  blank: { words: 'is blank', needsValue: false },
  true: { words: 'is true', needsValue: false, for: 'truth' },
  not_true: { words: 'is not true', needsValue: false, for: 'truth' },
}

const orderTypes = new Set(['number', 'currency', 'range', 'date', 'dob', 'time'])

/** The operators that make sense for a type, and the one in use. */
export function opsFor(type: string | undefined, inUse: RuleOp): RuleOp[] {
  const isOrder = type === undefined || orderTypes.has(type)
  const isTruth = type === undefined || type === 'boolean'
  return (Object.keys(ops) as RuleOp[]).filter((op) => {
    const kind = ops[op].for
    if (op === inUse || kind === undefined) return true
    if (kind === 'order') return isOrder
    return kind === 'truth' ? isTruth : !isOrder || type === undefined
  })
}

const listed = (value: string) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)

function ruleValue({ op, value }: RuleRow): Extract<BuiltRule, { field: string }>['value'] {
  if (!ops[op].needsValue) return undefined
  if (op === 'in' || op === 'not_in') return listed(value)
  const isNumber = ops[op].for === 'order' && value.trim() !== '' && Number.isFinite(Number(value))
  return isNumber ? Number(value) : value.trim()
}

const isComplete = ({ field, op, value }: RuleRow) => field !== '' && (!ops[op].needsValue || value.trim() !== '')

/** The rule that rows make; half-written rows are left out. `undefined` when none is whole. */
export function ruleOfRows({ join, rows }: RuleRows): BuiltRule | undefined {
  const whole = rows.filter(isComplete).map((row): BuiltRule => {
    const value = ruleValue(row)
    return { field: row.field, op: row.op, ...(value !== undefined && { value }) }
  })
  if (whole.length === 0) return undefined
  return join === 'all' ? { all: whole } : { any: whole }
}

const textOfValue = (value: unknown): string =>
  Array.isArray(value) ? value.join(', ') : value === undefined ? '' : String(value)
const shortName = (field: string) => field.replace(/^lead\./, '')

function rowOf(rule: BuiltRule): RuleRow | undefined {
  return 'field' in rule ? { field: shortName(rule.field), op: rule.op, value: textOfValue(rule.value) } : undefined
}

/** Rows of a rule that the builder made; `undefined` when it holds groups inside groups. */
export function rowsOfBuilt(rule: BuiltRule): RuleRows | undefined {
  if ('field' in rule) return { join: 'all', rows: [rowOf(rule)].filter((row) => row !== undefined) }
  const join = 'all' in rule ? 'all' : 'any'
  const parts = 'all' in rule ? rule.all : rule.any
  const rows = parts.map(rowOf)
  return rows.every((row) => row !== undefined) ? { join, rows } : undefined
}

/** A rule in one line: rows in words, an expression as it is written. `nameOf` says how people call a field. */
export function summaryOf(
  rule: Rule,
  nameOf: (field: string) => string = (field) => field.replaceAll('_', ' '),
): { text: string; isCode: boolean } {
  const partWords = ({ field, op, value }: RuleRow) =>
    [nameOf(field), ops[op].words, ops[op].needsValue && value].filter(Boolean).join(' ')
  if (typeof rule === 'string') return { text: rule, isCode: true }
  const rows = rowsOfBuilt(rule)
  if (!rows) return { text: 'several groups of conditions', isCode: false }
  return { text: rows.rows.map(partWords).join(rows.join === 'all' ? ' · ' : ' or '), isCode: false }
}
