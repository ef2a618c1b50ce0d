import type { Rule } from '@/lib/engine/schema'
import type { Change } from '@/lib/flows/schema'
import { type RuleNames, summaryOf } from './rule-words'

/** One value that a change set, as people read it. Absent is "not there". */
export type ChangeRow = { label: string; before?: string; after?: string }
/** The changes of one step, or of what belongs to the flow as a whole. */
export type ChangeGroup = { key: string; title: string; changes: Change[] }

type Json = Record<string, unknown>
type Leaf = { path: string[]; before: unknown; after: unknown }

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const ruleKeys = new Set(['rule', 'stop_when', 'eligible_when', 'run_when', 'condition', 'when'])
const ids = /^(?:id|connection_id|invitation_id|partner_id|type)$/

const isSecret = (value: unknown) => isObject(value) && typeof value['secret'] === 'string'
const isMapping = (path: readonly string[], value: unknown) =>
  path.at(-2) === 'mappings' && isObject(value) && 'value' in value

/** What is one value to a person, though JSON nests it. */
const isWhole = (path: readonly string[], value: unknown) =>
  !isObject(value) || isSecret(value) || isMapping(path, value) || ruleKeys.has(path.at(-1) ?? '')

const isNested = (value: unknown): value is Json[] => Array.isArray(value) && value.length > 0 && value.every(isObject)

/** Where two values differ, down to what is one value to a person. */
function leavesOf(before: unknown, after: unknown, path: string[] = []): Leaf[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (isNested(before) || isNested(after)) return leavesOf(numbered(before), numbered(after), path)
  const whole = [before, after].every((value) => value === undefined || isWhole(path, value))
  if (whole) return [{ path, before, after }]
  const [a, b] = [before, after].map((value) => (isObject(value) && !isWhole(path, value) ? value : {})) as [Json, Json]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => leavesOf(a[key], b[key], [...path, key]))
}

const numbered = (items: unknown): Json =>
  Array.isArray(items) ? Object.fromEntries(items.map((item, index) => [`#${index + 1}`, item])) : {}

const known: [RegExp, string][] = [
  [/^connection method$/, 'Connection'],
  [/^connection shared_fields$/, 'Shared fields'],
  [/^connection ping_fields$/, 'Fields told in a ping'],
  [/^connection endpoint url$/, 'Address'],
  [/^connection endpoint method$/, 'Method'],
  [/^connection endpoint auth (.+)$/, 'Authentication: $1'],
  [/^connection endpoint headers (.+)$/, 'Header $1'],
  [/^connection endpoint (.+)$/, '$1'],
  [/^connection request mappings (.+)$/, 'Field $1'],
  [/^connection request conditional_mappings #(\d+) condition$/, 'Only for some leads, $1: condition'],
  [/^connection request conditional_mappings #(\d+) mappings (.+)$/, 'Only for some leads, $1: $2'],
  [/^connection request batch (.+)$/, 'Batch: $1'],
  [/^connection request (.+)$/, 'Request: $1'],
  [/^connection response parser (.+)$/, 'Answer: $1'],
  [/^connection response (.+)$/, 'Answer: $1'],
  [/^connection (.+)$/, '$1'],
  [/^delivery timeout_seconds$/, 'Give up after (seconds)'],
  [/^delivery (.+)$/, 'Delivery: $1'],
  [/^rules price$/, 'Price the buyer pays'],
  [/^rules active$/, 'Starts switched on'],
  [/^rules (.+)$/, '$1'],
  [/^conditional_delivery time_restrictions (.+)$/, 'Hours: $1'],
  [/^conditional_delivery caps when_exceeded (.+)$/, 'Cap reached: $1'],
  [/^conditional_delivery caps (.+)$/, 'Cap: $1'],
  [/^conditional_delivery quality_requirements (.+)$/, 'Quality: $1'],
  [/^failover failure_detection (.+)$/, 'Failure: $1'],
  [/^failover failover_chain #(\d+) (.+)$/, 'Failover $1: $2'],
  [/^retry (.+)$/, 'Tries: $1'],
  [/^eligible_when$/, 'Eligible when'],
  [/^stop_when$/, 'Stops when'],
  [/^active$/, 'Switched on'],
  [/^rule$/, 'Condition'],
  [/^cost$/, 'Each lead costs'],
]

function labelOf(path: readonly string[]): string {
  const text = path.join(' ')
  const found = known.find(([pattern]) => pattern.test(text))
  const words = found ? text.replace(found[0], found[1]) : path.join(' › ')
  // The names of mappings and headers are the partner's own, and stay as they are.
  const named = /^(?:Field|Header|Only for)/.test(words) ? words : words.replaceAll('_', ' ')
  return named.charAt(0).toUpperCase() + named.slice(1)
}

function mappingText(value: Json, names: RuleNames | undefined): string {
  const rule = value['when'] as Rule | undefined
  const transforms = Array.isArray(value['transform']) ? value['transform'].length : 0
  return [
    textOf(value['value']),
    rule !== undefined && `when ${summaryOf(rule, names).text}`,
    transforms > 0 && `${transforms} ${transforms === 1 ? 'transform' : 'transforms'}`,
  ]
    .filter(Boolean)
    .join(', ')
}

function textOf(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value))
    return value.map((item) => (isObject(item) ? JSON.stringify(item) : String(item))).join(', ') || 'none'
  return isObject(value) ? JSON.stringify(value) : String(value)
}

function valueText({ path }: Leaf, value: unknown, names: RuleNames | undefined): string {
  if (ruleKeys.has(path.at(-1) ?? '') && value !== '' && (typeof value === 'string' || isObject(value)))
    return summaryOf(value as Rule, names).text
  return isMapping(path, value) ? mappingText(value as Json, names) : textOf(value)
}

const sides = (label: string, before: string | undefined, after: string | undefined): ChangeRow => ({
  label,
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
})

/** A secret is told, never shown. */
function secretRow(label: string, { before, after }: Leaf): ChangeRow {
  const now = before === undefined ? 'given' : 'another one'
  return sides(label, before === undefined ? undefined : '••••', after === undefined ? undefined : now)
}

function rowOf(leaf: Leaf, names: RuleNames | undefined): ChangeRow {
  const { before, after } = leaf
  const label = labelOf(leaf.path)
  if (isSecret(before) || isSecret(after)) return secretRow(label, leaf)
  const text = (value: unknown) => (value === undefined ? undefined : valueText(leaf, value, names))
  return sides(label, text(before), text(after))
}

const isDull = ({ before, after }: ChangeRow) =>
  (before ?? 'nothing') === (after ?? 'nothing') || (before ?? 'none') === (after ?? 'none')

/** What a change changed, value by value, in words; ids say nothing to a person and are left out. */
export function rowsOfChange({ before, after }: Pick<Change, 'before' | 'after'>, names?: RuleNames): ChangeRow[] {
  return leavesOf(before, after)
    .filter(({ path }) => !(path.length > 0 && ids.test(path.at(-1) ?? '') && path.at(-2) !== 'auth'))
    .map((leaf) => rowOf(leaf, names))
    .filter((row) => !isDull(row))
}

const stepOf = ({ path, before, after }: Change): { id: string; name: string } | undefined => {
  const step = /^steps\.\d+$/.test(path) ? (after ?? before) : undefined
  if (!isObject(step) || typeof step['id'] !== 'string') return undefined
  return { id: step['id'], name: typeof step['name'] === 'string' ? step['name'] : step['id'] }
}

const isOfFields = ({ path }: Change) => /^(?:fields|mappings)\b/.test(path)

/** Changes under what they belong to: the fields, the flow, and each step. */
export function groupChanges(changes: readonly Change[]): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>()
  const put = (key: string, title: string, change: Change) => {
    const group = groups.get(key) ?? { key, title, changes: [] }
    group.changes.push(change)
    groups.set(key, group)
  }
  for (const change of changes) {
    const step = stepOf(change)
    if (step) put(`step:${step.id}`, step.name, change)
    else if (isOfFields(change)) put('fields', 'Fields', change)
    else put('flow', 'Flow', change)
  }
  return [...groups.values()]
}
