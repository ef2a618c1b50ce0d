import type { BuiltRule, RuleOp } from '@/lib/engine/schema'
import type { RuleRow, RuleRows } from './rule-words'

const otherRoots = /^(?:(?:submission|source|flow|now)\.\w+|lead\..+|random|test_mode|is_test)$/
const plainPath = /^[a-z_]\w*(?:\.[a-z_]\w*)*$/i

function referenceTo(field: string): string {
  if (otherRoots.test(field)) return field
  return plainPath.test(field) ? `lead.${field}` : `lead['${field}']`
}

const quoted = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : `'${String(value ?? '')
        .replaceAll('\\', '\\\\')
        .replaceAll("'", "\\'")}'`

const listOf = (value: unknown) => `[${(Array.isArray(value) ? value : [value]).map(quoted).join(', ')}]`

const writers: Record<RuleOp, (field: string, value: unknown) => string> = {
  equals: (f, v) => `${f} == ${quoted(v)}`,
  not_equals: (f, v) => `${f} != ${quoted(v)}`,
  less_than: (f, v) => `${f} < ${quoted(v)}`,
  at_most: (f, v) => `${f} <= ${quoted(v)}`,
  greater_than: (f, v) => `${f} > ${quoted(v)}`,
  at_least: (f, v) => `${f} >= ${quoted(v)}`,
  in: (f, v) => `${f} in ${listOf(v)}`,
  not_in: (f, v) => `!(${f} in ${listOf(v)})`,
  includes: (f, v) => `${f}.contains(${quoted(v)})`,
  not_includes: (f, v) => `!${f}.contains(${quoted(v)})`,
  starts_with: (f, v) => `${f}.startsWith(${quoted(v)})`,
  ends_with: (f, v) => `${f}.endsWith(${quoted(v)})`,
  matches: (f, v) => `${f}.matches(${quoted(v)})`,
  not_matches: (f, v) => `!${f}.matches(${quoted(v)})`,
  blank: (f) => `blank(${f})`,
  not_blank: (f) => `has(${f})`,
  valid: (f) => `${f}.valid`,
  not_valid: (f) => `!${f}.valid`,
  true: (f) => f,
  not_true: (f) => `!${f}`,
}

/** A built rule as an expression that means the same. */
export function expressionOf(rule: BuiltRule, isInside = false): string {
  if ('field' in rule) return writers[rule.op](referenceTo(rule.field), rule.value)
  const [parts, join] = 'all' in rule ? [rule.all, ' && '] : [rule.any, ' || ']
  const text = parts.map((part) => expressionOf(part, true)).join(join)
  return isInside && parts.length > 1 ? `(${text})` : text
}

const token = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|&&|\|\||[([{]|[)\]}]/g

/** Cuts at `mark` where it stands outside quotes and brackets. */
function cut(text: string, mark: '&&' | '||'): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (const { 0: found, index } of text.matchAll(token)) {
    if (/^[([{]$/.test(found)) depth++
    if (/^[)\]}]$/.test(found)) depth--
    if (depth > 0 || found !== mark) continue
    parts.push(text.slice(from, index))
    from = index + mark.length
  }
  return [...parts, text.slice(from)].map((part) => part.trim())
}

const ref = String.raw`(lead\.[a-z_][\w.]*|(?:submission|source|flow|now)\.\w+|random|test_mode|is_test)`
const text = String.raw`'([^'\\]*)'|"([^"\\]*)"`
const value = String.raw`(?:${text}|(-?\d+(?:\.\d+)?|true|false))`
const whole = (pattern: string) => new RegExp(`^${pattern}$`, 'i')

const compared = whole(String.raw`${ref}\s*(==|!=|<=|>=|<|>)\s*${value}`)
const listedIn = whole(String.raw`(!)?\(?\s*${ref}\s+in\s+\[([^\]]*)\]\s*\)?`)
const called = whole(String.raw`(!)?${ref}\.(contains|startsWith|endsWith|matches)\(\s*(?:${text})\s*\)`)
const asked = whole(String.raw`(blank|has)\(\s*${ref}\s*\)`)
const bare = whole(`(!)?${ref}`)

const comparisons: Record<string, RuleOp> = {
  '==': 'equals',
  '!=': 'not_equals',
  '<': 'less_than',
  '<=': 'at_most',
  '>': 'greater_than',
  '>=': 'at_least',
}
const calls: Record<string, [RuleOp, RuleOp | undefined]> = {
  contains: ['includes', 'not_includes'],
  startswith: ['starts_with', undefined],
  endswith: ['ends_with', undefined],
  matches: ['matches', 'not_matches'],
}
const nameOf = (reference = '') => reference.replace(/^lead\./, '')

const readers: ((term: string) => RuleRow | undefined)[] = [
  (term) => {
    const [, field, mark = '', single, double, plain] = compared.exec(term) ?? []
    const op = comparisons[mark]
    return field && op ? { field: nameOf(field), op, value: single ?? double ?? plain ?? '' } : undefined
  },
  (term) => {
    const [, not, field, list = ''] = listedIn.exec(term) ?? []
    const items = list.split(',').map((item) => whole(String.raw`\s*${value}\s*`).exec(item))
    if (!field || items.some((item) => !item)) return undefined
    return {
      field: nameOf(field),
      op: not ? 'not_in' : 'in',
      value: items.map((item) => item?.[1] ?? item?.[2] ?? item?.[3]).join(', '),
    }
  },
  (term) => {
    const [, not, field, name = '', single, double] = called.exec(term) ?? []
    const op = calls[name.toLowerCase()]?.[not ? 1 : 0]
    return field && op ? { field: nameOf(field), op, value: single ?? double ?? '' } : undefined
  },
  (term) => {
    const [, name, field] = asked.exec(term) ?? []
    return field ? { field: nameOf(field), op: name === 'has' ? 'not_blank' : 'blank', value: '' } : undefined
  },
  (term) => {
    const [, not, reference = ''] = bare.exec(term) ?? []
    if (!reference) return undefined
    if (!reference.endsWith('.valid')) return { field: nameOf(reference), op: not ? 'not_true' : 'true', value: '' }
    return { field: nameOf(reference.slice(0, -'.valid'.length)), op: not ? 'not_valid' : 'valid', value: '' }
  },
]

function rowOfTerm(term: string): RuleRow | undefined {
  for (const read of readers) {
    const row = read(term)
    if (row) return row
  }
  return undefined
}

/** Rows of an expression that only joins plain comparisons; `undefined` when it says more than rows can. */
export function rowsOfText(expression: string): RuleRows | undefined {
  if (expression.trim() === '') return { join: 'all', rows: [] }
  const all = cut(expression, '&&')
  const any = cut(expression, '||')
  if (all.length > 1 && any.length > 1) return undefined
  const rows = (any.length > 1 ? any : all).map(rowOfTerm)
  return rows.every((row) => row !== undefined) ? { join: any.length > 1 ? 'any' : 'all', rows } : undefined
}
