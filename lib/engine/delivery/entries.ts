import type { Names, Reference } from '../names/references'
import { isBlank, type Read, type Scope, textOf } from '../names/scope'
import { type CompiledRule, compileRule } from '../rules/index'
import { type MappingParts, type Mappings, mappingParts, type Request, type RequestFormat } from '../schema'
import { asciiValue } from '../templates/ascii'
import { compileTemplate } from '../templates/index'
import { compileTransforms } from '../templates/transforms'
import { formTarget, jsonTarget, type Part, type Placed, xmlTarget } from './targets'

/** One mapping made ready. */
export type Entry = {
  key: string
  parts: readonly Part[]
  read: Read
  /** Left out when it is empty; a text that is written out never is. */
  omits: boolean
  fields: string[]
  /** Reads what may not be kept in clear, so that nothing made of it may be either. */
  isMasked: boolean
}

/** Mappings that go together, under one condition or always. */
export type Group = { rule?: CompiledRule; entries: Entry[] }

/** Finds where a mapping goes by its key. */
export type Target = (key: string) => readonly Part[] | undefined

export function targetOf(format: RequestFormat): Target {
  if (format === 'json' || format === 'text') return jsonTarget
  return format === 'form' || format === 'query' ? formTarget : xmlTarget
}

export type Placing = Pick<Request, 'omit_when_empty' | 'ascii'> & { target: Target; names: Names }

const cdataAround = /^<!\[CDATA\[([\s\S]*)\]\]>$/

/** A value that is written as a CDATA section is one, where there are such. */
function unwrapped(
  parts: readonly Part[],
  value: MappingParts['value'],
  target: Target,
): [readonly Part[], typeof value] {
  const inner = typeof value === 'string' && target === xmlTarget ? cdataAround.exec(value)?.[1] : undefined
  const last = String(parts.at(-1))
  return inner === undefined || /^[@#]/.test(last) ? [parts, value] : [[...parts, '#cdata'], inner]
}

const lonePhone = (references: readonly Reference[]): Read => {
  const [only] = references
  const field = references.length === 1 && only?.kind === 'phone' ? only.field : undefined
  return field === undefined ? () => undefined : (scope) => scope.run.lead[field]?.['country_calling_code']
}

const fieldsOf = (references: readonly Reference[]) =>
  references.flatMap(({ field }) => (field === undefined ? [] : [field]))

function entryOf(
  key: string,
  mapping: MappingParts,
  { target, names, ascii, omit_when_empty }: Placing,
): Entry | undefined {
  const at = target(key)
  if (!at) return undefined
  const [parts, value] = unwrapped(at, mapping.value, target)
  const { render, references, isLiteral } = compileTemplate(value, names)
  const transforms = mapping.transform?.length
    ? compileTransforms(mapping.transform, names, lonePhone(references))
    : undefined
  const changed: Read = transforms ? (scope) => transforms.apply(render(scope), scope) : render
  return {
    key,
    parts,
    read: ascii ? (scope) => asciiValue(changed(scope)) : changed,
    omits: mapping.omit_when_empty ?? omit_when_empty ?? true,
    fields: fieldsOf(references),
    isMasked: [...references, ...(transforms?.references ?? [])].some(({ masked }) => masked),
    ...(isLiteral && !transforms && { omits: false }),
  }
}

/** Makes mappings ready, in their order; those with a condition of their own stand in a group by themselves. */
export function groupsOf(mappings: Mappings, placing: Placing): Group[] {
  const groups: Group[] = [{ entries: [] }]
  for (const [key, mapping] of Object.entries(mappings)) {
    const parts = mappingParts(mapping)
    const entry = entryOf(key, parts, placing)
    if (!entry) continue
    if (parts.when !== undefined)
      groups.push({ rule: compileRule(parts.when, placing.names), entries: [entry] }, { entries: [] })
    else groups.at(-1)?.entries.push(entry)
  }
  return groups.filter(({ entries }) => entries.length > 0)
}

/** Entries of a conditional group: a condition on one of them applies as well. */
export function conditionalGroups(rule: CompiledRule, mappings: Mappings, placing: Placing): Group[] {
  return groupsOf(mappings, placing).map(({ rule: own, entries }) => ({
    rule: own ? { ...rule, test: (scope: Scope) => rule.test(scope) && own.test(scope) } : rule,
    entries,
  }))
}

/** What was placed for one lead, beside what the recorded exchange must hide and what was read. */
export type Filled = { placed: Placed[]; masked: string[]; conditionalFields: string[] }

/** Fills the entries of the groups that apply with a lead's values. */
export function fill(groups: readonly Group[], scope: Scope): Filled {
  const filled: Filled = { placed: [], masked: [], conditionalFields: [] }
  for (const { rule, entries } of groups) {
    if (rule && !rule.test(scope)) continue
    for (const entry of entries) {
      if (rule) filled.conditionalFields.push(...entry.fields)
      place(entry, scope, filled)
    }
  }
  return filled
}

function place(entry: Entry, scope: Scope, { placed, masked }: Filled): void {
  const value = entry.read(scope)
  if (value === undefined || value === null || (entry.omits && isBlank(value))) {
    if (!entry.omits) placed.push({ parts: entry.parts, value: '' })
    return
  }
  if (entry.isMasked) masked.push(textOf(value))
  placed.push({ parts: entry.parts, value })
}
