import { ageOn, dayAt } from '../fields/calendar'
import { catalogue, maskedTypes, resolveAlias, typeOfField } from '../fields/index'
import type { FieldType, FlowDocument } from '../schema'
import type { FieldValue, Locate, RuleList, RuleResources, TypedLead } from '../types'
import { type Appended, appendedSteps, findAppended } from './appended'
import { didYouMean } from './closest'
import { allComponents, componentsOf, keptAs } from './components'
import { msOfIso } from './iso'
import type { Read, Scope } from './scope'
import { findSecret, type SecretNames } from './secret-names'
import { type Variable, type VariableKind, variableTable } from './variables'

export type Kind = FieldType | VariableKind

/** Something of a lead or about it that a rule or template refers to. */
export type Reference = {
  path: string
  /** How a person calls it: "Credit score", "Phone 1 area". */
  words: string
  kind: Kind | undefined
  read: Read
  /** The number that stands for the value in an ordering, where it is not the value itself (a range's average). */
  order?: Read
  /** Name of the lead's field that is read. */
  field?: string
  /** Its values are never written into a trace or reason. */
  masked: boolean
}

export type NamedField = { type: FieldType; label: string; required: boolean }

/** Which names may be referred to. */
export type Names = SecretNames & {
  fields: ReadonlyMap<string, NamedField>
  /** Set for an invited buyer: it reads these fields of the lead and no other. */
  shared?: ReadonlySet<string>
  /** Set where those are what it is told before it buys. */
  isPing?: true
  /** What earlier steps left behind; absent where no flow's steps may be read. */
  appended?: Appended
  /** Set where these alone may be read, and nothing of a lead. */
  only?: ReadonlyMap<string, Reference>
  /** True where the lead's fields are not known yet (a destination that no flow delivers to): any name is a field. */
  open?: boolean
  /** What only this kind of text may refer to (`fields_table` of a mail), by path. */
  extras?: ReadonlyMap<string, Reference>
  /** Lists that rules may name, by id and by name in lower case; `noLists` where they may name none. */
  lists?: ReadonlyMap<string, RuleList>
  locate?: Locate
  /** Told of every reference that is found. */
  tell?: (reference: Reference) => void
}

/** For a buyer's conditions: the seller's lists are not its own to ask. */
export const noLists: ReadonlyMap<string, RuleList> = new Map()

export type Found = { reference: Reference; warning?: string } | { problem: string }

const labels = new Map(catalogue.map((field) => [field.name, field.label]))

/** "mortgage.loan_amount" → "Mortgage loan amount". */
const humanise = (name: string): string => {
  const words = name.replaceAll(/[._]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** How people call a field that has no label of its own. */
export const labelOf = (name: string): string => labels.get(name) ?? humanise(name)

/**
 * Names of a flow: its declared fields, what its steps append, though nothing of it before the first step, and what
 * the shell found for its rules to look things up in.
 */
export function namesOf(
  document: Pick<FlowDocument, 'fields'> & Partial<Pick<FlowDocument, 'steps'>>,
  resources: RuleResources = {},
): Names {
  const fields = new Map<string, NamedField>()
  for (const { name, type, label, required } of document.fields) {
    fields.set(name, { type, label: label?.trim() || labelOf(name), required: required === true })
  }
  return {
    fields,
    ...(document.steps && { appended: { steps: appendedSteps(document.steps), before: 0 } }),
    ...resources,
  }
}

/** The same names at a step of the flow, which reads what the steps before it appended; at its end without one. */
export function namesBefore(names: Names, at = Number.POSITIVE_INFINITY): Names {
  return names.appended ? { ...names, appended: { ...names.appended, before: at } } : names
}

/** The same names for an invited buyer. A shared field keeps its type; what the flow does not declare has its usual one. */
export function sharedNames(names: Names, sharedFields: readonly string[]): Names {
  const shared = new Set<string>()
  for (const name of sharedFields) {
    shared.add(names.fields.has(name) ? name : resolveAlias(name))
  }
  // What other buyers answered, and the seller's lists, are not this buyer's to know.
  const { appended: _, ...own } = names
  return { ...own, shared, lists: noLists }
}

/** The same where it is pinged: it reads what it may be told before it buys. */
export const namesInPing = (names: Names, fields: readonly string[]): Names => ({
  ...sharedNames(names, fields),
  isPing: true,
})

const inherited = (name: string) => name in Object.prototype

/** A field of the lead, by its own name only: "constructor" is no field unless the lead has one. */
function fieldReader(name: string): (lead: TypedLead) => FieldValue | undefined {
  return inherited(name) ? (lead) => (Object.hasOwn(lead, name) ? lead[name] : undefined) : (lead) => lead[name]
}

function valueReader(name: string): Read {
  const field = fieldReader(name)
  return (s: Scope) => {
    const value = field(s.run.lead)
    if (value === undefined) return undefined
    return value.valid ? value.normal : value.raw
  }
}

function componentReader(name: string, component: string): Read {
  const field = fieldReader(name)
  if (inherited(component)) return () => undefined
  return (s: Scope) => field(s.run.lead)?.[component]
}

/** The age follows from the day it is asked on, not from the day the lead came in. */
function ageReader(name: string): Read {
  const field = fieldReader(name)
  return (s: Scope) => {
    const value = field(s.run.lead)
    if (!value?.valid || typeof value.normal !== 'string') return undefined
    const ms = msOfIso(value.normal)
    return ms === undefined ? undefined : ageOn(dayAt(ms), s.now)
  }
}

const blank: Read = () => undefined

type Split = { name: string; rest: string[]; declared: boolean; type: FieldType | undefined }

/** Finds the longest part of a path that names a field: field names may have dots themselves. */
function splitField(segments: string[], names: Names): Split | undefined {
  for (let length = segments.length; length > 0; length--) {
    const given = segments.slice(0, length).join('.')
    const rest = segments.slice(length)
    const alias = resolveAlias(given)
    for (const name of [given, alias]) {
      const field = names.fields.get(name)
      if (field) return { name, rest, declared: true, type: field.type }
    }
    if (names.shared?.has(alias)) return { name: alias, rest, declared: true, type: typeOfField(alias) }
  }
  for (let length = segments.length; length > 0; length--) {
    const name = resolveAlias(segments.slice(0, length).join('.'))
    const type = typeOfField(name)
    if (type) return { name, rest: segments.slice(length), declared: false, type }
  }
  return undefined
}

function fieldReference(split: Split, names: Names): Found {
  const { name, rest, type } = split
  const words = names.fields.get(name)?.label ?? labelOf(name)
  const path = `lead.${[name, ...rest].join('.')}`
  const masked = type !== undefined && maskedTypes.has(type)
  if (rest.length > 0) return partReference(split, { path, words, masked })
  const reference: Reference = { path, words, kind: type, read: valueReader(name), field: name, masked }
  if (type === 'range') reference.order = componentReader(name, 'avg')
  return { reference }
}

function partReference(
  { name, rest, type }: Split,
  { path, words, masked }: { path: string; words: string; masked: boolean },
): Found {
  const [component = '', ...deeper] = rest
  const known = type === undefined ? allComponents : componentsOf(type)
  const kind = Object.hasOwn(known, component) ? known[component] : undefined
  if (!kind || deeper.length > 0) {
    return { problem: `${words} has no part “${rest.join('.')}”; it has ${Object.keys(known).join(', ')}.` }
  }
  const read = type === 'dob' && component === 'age' ? ageReader(name) : componentReader(name, keptAs(type, component))
  if (component === 'valid') return { reference: { path, words, kind, read, field: name, masked: false } }
  return {
    reference: { path, words: `${words} ${humanise(component).toLowerCase()}`, kind, read, field: name, masked },
  }
}

/** Without known fields, a last part that some type has is taken for a component when the lead says so. */
function openReference(segments: string[]): Reference {
  const name = resolveAlias(segments.join('.'))
  const whole = valueReader(name)
  const parent = segments.slice(0, -1).join('.')
  const part = parent ? componentReader(resolveAlias(parent), segments.at(-1) ?? '') : blank
  return {
    path: `lead.${segments.join('.')}`,
    words: labelOf(name),
    kind: undefined,
    read: (s) => whole(s) ?? part(s),
    field: name,
    masked: false,
  }
}

/** `lead.source`: the field of that name when it was submitted, else the name of the source. */
function sourceReference(names: Names): Reference {
  const submitted = valueReader('source')
  const hidden = names.shared && !names.shared.has('source')
  return {
    path: 'lead.source',
    words: 'Source',
    kind: 'string',
    read: hidden ? blank : (s) => submitted(s) ?? s.run.source.name,
    masked: false,
    field: 'source',
  }
}

/** Reading what is not shared is no way round the seller's choice: it is blank, and said to be. */
const unshared = (path: string, { isPing }: Names): Found => ({
  reference: nothing(path),
  warning: isPing
    ? `${path} is not told in a ping, so it is always blank here.`
    : `${path} is not shared with the buyer, so it is always blank here.`,
})

function unknownField(segments: string[], names: Names): Found {
  if (names.open) return { reference: openReference(segments) }
  const shared = names.isPing ? 'among those of a ping' : 'among the shared ones'
  const where = names.shared ? shared : 'in this flow'
  const typed = segments.join('.')
  return { problem: `There is no field “${typed}” ${where}.${didYouMean(typed, names.shared ?? names.fields.keys())}` }
}

function leadReference(segments: string[], names: Names): Found {
  const path = `lead.${segments.join('.')}`
  if (segments.length === 1 && segments[0] === 'source') {
    return names.shared && !names.shared.has('source') ? unshared(path, names) : { reference: sourceReference(names) }
  }
  const split = splitField(segments, names)
  if (!split) return unknownField(segments, names)
  if (names.shared && !names.shared.has(split.name)) return unshared(path, names)
  const found = fieldReference(split, names)
  if ('problem' in found || split.declared || names.open) return found
  return { ...found, warning: `${path} is not a field of this flow; it is blank unless a source sends it anyway.` }
}

/** What only this place has; where that is all there is, the rest is not known. */
function namedHere(path: string, { extras, only }: Names): Found | undefined {
  const reference = extras?.get(path) ?? only?.get(path)
  if (reference || !only) return reference && { reference }
  return { problem: `“${path}” is not known here; there are ${[...only.keys()].join(', ')}.` }
}

function appendedReference(path: string, rest: string[], names: Names): Found {
  const found = findAppended(rest, names.appended)
  return 'problem' in found ? found : { reference: { path, ...found, masked: false } }
}

function secretReference(path: string, rest: string[], names: Names, use: 'rule' | 'template'): Found {
  const found = findSecret(rest.join('.'), names, use)
  return 'problem' in found ? found : { reference: { path, ...found, masked: false } }
}

function variableReference(path: string, variable: Variable, names: Names, use: 'rule' | 'template'): Found {
  if (use === 'rule' && !variable.inRules) return { problem: `${path} is not known yet when rules are decided.` }
  const isHidden = variable.needsShared && names.shared && !names.shared.has(variable.needsShared)
  if (isHidden) return unshared(path, names)
  return { reference: { path, words: variable.label, kind: variable.kind, read: variable.read, masked: false } }
}

/** Looks up what a path refers to, or says in words why it refers to nothing. */
export function findReference(segments: readonly string[], names: Names, use: 'rule' | 'template'): Found {
  const found = lookUp(segments, names, use)
  if (names.tell && 'reference' in found) names.tell(found.reference)
  return found
}

function lookUp(segments: readonly string[], names: Names, use: 'rule' | 'template'): Found {
  const path = segments.join('.')
  const ofPlace = namedHere(path, names)
  if (ofPlace) return ofPlace
  const variable = variableTable.get(path)
  if (variable) return variableReference(path, variable, names, use)
  const [root, ...rest] = segments
  if (root === 'lead' && rest.length === 0) return { problem: 'Name a field of the lead, like lead.email.' }
  const roots: Record<string, (() => Found) | undefined> = {
    lead: () => leadReference(rest, names),
    appended: () => appendedReference(path, rest, names),
    secret: () => secretReference(path, rest, names, use),
  }
  const found = root !== undefined && Object.hasOwn(roots, root) ? roots[root]?.() : undefined
  const near = didYouMean(path, variableTable.keys())
  return found ?? { problem: `“${path}” is not known here. Fields start with “lead.”.${near}` }
}

/** What stands in for a reference that was refused: it is always blank. */
export const nothing = (path: string): Reference => ({ path, words: path, kind: undefined, read: blank, masked: false })
