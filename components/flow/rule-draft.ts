import { type BuiltRule, type RuleOp, type RuleTakes, ruleTable } from '@/lib/engine/schema'

type Built = Extract<BuiltRule, { field: string }>
type Value = NonNullable<Built['value']>

/** A condition under edit. `boxes` holds what is typed: one text, or two where the value has two parts. */
export type RowDraft = { key: number; field: string; op: RuleOp; boxes: readonly string[] }
export type GroupDraft = { key: number; join: 'all' | 'any'; parts: readonly PartDraft[] }
export type PartDraft = RowDraft | GroupDraft

let lastKey = 0
export const newRow = (field = '', op: RuleOp = 'equals', boxes: readonly string[] = []): RowDraft => ({
  key: ++lastKey,
  field,
  op,
  boxes,
})
export const newGroup = (join: 'all' | 'any', parts: readonly PartDraft[]): GroupDraft => ({
  key: ++lastKey,
  join,
  parts,
})

export const isGroup = (part: PartDraft): part is GroupDraft => 'parts' in part

/** Values in one box: apart by commas, in quotes where they hold one. */
export const valuesText = (values: readonly unknown[]): string =>
  values
    .map(String)
    .map((value) => (/[",\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(', ')

const oneValue = /\s*(?:"((?:[^"]|"")*)"|([^,\n]*))\s*(?:[,\n]|$)/gy

/** The values of a box, also of one that was pasted from a column of a sheet. */
export const valuesOf = (text: string): string[] =>
  [...text.matchAll(oneValue)]
    .map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.trim())
    .filter((value) => value !== '')

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '')

const boxesFor: Record<RuleTakes, (value: Value) => string[]> = {
  nothing: () => [],
  value: (value) => [Array.isArray(value) ? valuesText(value) : String(value)],
  text: (value) => [String(value)],
  values: (value) => [Array.isArray(value) ? valuesText(value) : String(value)],
  bounds: (value) => (Array.isArray(value) ? value.map(String) : [String(value)]),
  list: (value) => [String(value)],
  days: (value) => [String(value)],
  distance: (value) => (Array.isArray(value) ? [String(value[0] ?? ''), valuesText(value.slice(1))] : [String(value)]),
  pattern: (value) => [String(value)],
  patterns: (value) => [(Array.isArray(value) ? value : [value]).join('\n')],
}

const numberIf = (text: string): string | number => {
  const value = text.trim()
  // "08" is a time of day, "01234" a postal code.
  return value !== '' && !/^0\d/.test(value) && Number.isFinite(Number(value)) ? Number(value) : value
}

const isOrder = (op: RuleOp) => ruleTable[op].group === 'order'

const valueFor: Record<RuleTakes, (boxes: readonly string[], op: RuleOp) => Value | undefined> = {
  nothing: () => undefined,
  value: ([text = ''], op) => (isOrder(op) ? numberIf(text) : text.trim()),
  text: ([text = '']) => text.trim(),
  values: ([text = '']) => valuesOf(text),
  bounds: ([low = '', high = '']) => [numberIf(low), numberIf(high)],
  list: ([list = '']) => list,
  days: ([days = '']) => numberIf(days),
  distance: ([miles = '', places = '']) => [numberIf(miles), ...valuesOf(places)],
  pattern: ([text = '']) => text,
  patterns: ([text = '']) => linesOf(text),
}

/** How many boxes an operator has. */
export function boxCount(op: RuleOp): number {
  const { takes } = ruleTable[op]
  if (takes === 'nothing') return 0
  return takes === 'bounds' || takes === 'distance' ? 2 : 1
}

const isWhole = ({ field, op, boxes }: RowDraft): boolean =>
  field !== '' && Array.from({ length: boxCount(op) }, (_, index) => boxes[index] ?? '').every((text) => text.trim())

const shortName = (field: string) => field.replace(/^lead\./, '')

function rowOf({ field, op, value }: Built): RowDraft {
  return newRow(shortName(field), op, value === undefined ? [] : boxesFor[ruleTable[op].takes](value))
}

function partOf(rule: BuiltRule): PartDraft {
  if ('field' in rule) return rowOf(rule)
  return 'all' in rule ? newGroup('all', rule.all.map(partOf)) : newGroup('any', rule.any.map(partOf))
}

/** A rule under edit. */
export function draftOf(rule: BuiltRule | undefined): GroupDraft {
  const part = rule ? partOf(rule) : newGroup('all', [])
  return isGroup(part) ? part : newGroup('all', [part])
}

function builtOf(part: PartDraft): BuiltRule | undefined {
  if (isGroup(part)) return ruleOfDraft(part)
  if (!isWhole(part)) return undefined
  const value = valueFor[ruleTable[part.op].takes](part.boxes, part.op)
  return { field: part.field, op: part.op, ...(value !== undefined && { value }) }
}

/** The rule that a draft makes; what is half-written is left out. `undefined` when nothing is whole. */
export function ruleOfDraft({ join, parts }: GroupDraft): BuiltRule | undefined {
  const whole = parts.map(builtOf).filter((part) => part !== undefined)
  if (whole.length === 0) return undefined
  return join === 'all' ? { all: whole } : { any: whole }
}

type Edit = (part: PartDraft) => PartDraft | undefined

/** A draft with one part changed, or taken out where the edit gives nothing back. A group that is emptied goes too. */
export function withPart(group: GroupDraft, key: number, edit: Edit): GroupDraft {
  const parts = group.parts.flatMap((part): PartDraft[] => {
    if (part.key === key) return [edit(part) ?? []].flat()
    if (!isGroup(part)) return [part]
    const inner = withPart(part, key, edit)
    return inner.parts.length > 0 ? [inner] : []
  })
  return { ...group, parts }
}

/** The boxes that stay meaningful under another operator. */
export function boxesUnder(op: RuleOp, { op: before, boxes }: RowDraft): readonly string[] {
  const [was, is] = [ruleTable[before].takes, ruleTable[op].takes]
  if (was === is) return boxes
  const plain: ReadonlySet<RuleTakes> = new Set(['value', 'text', 'values', 'pattern', 'patterns'])
  return plain.has(was) && plain.has(is) ? boxes : []
}

/** Where each part stands in the rule that its group makes; undefined for what is half-written. */
export function placesOf({ parts }: GroupDraft): (number | undefined)[] {
  let at = 0
  return parts.map((part) => (builtOf(part) ? at++ : undefined))
}
