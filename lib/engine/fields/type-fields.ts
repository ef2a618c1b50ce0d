import type { FieldType } from '../schema'
import type { Nested, NestedValue, TypedLead } from '../types'
import { typeOfField } from './catalogue/index'
import { flattenNested, maxFields } from './flatten'
import { isForbiddenKey, normaliseName, resolveAlias } from './names'
import { parseField } from './parse-field'
import { isBlank } from './value'

type Mapping = { from: string; to: string }
/** What a flow, or a source of it, says about the names and types of what comes in. */
export type InboundPart = {
  fields?: readonly { name: string; type: FieldType }[]
  mappings: readonly Mapping[]
  /** ISO 3166 code of where leads are from that don't say so themselves. */
  country?: string | undefined
}

/** Names and types of a submission, worked out once for a flow and a source. */
export type InboundPlan = {
  /** Type of a field that the flow itself lists. */
  fieldType(name: string): FieldType | undefined
  /** Whether the flow lists a name, the catalogue has it, or nobody knows it. */
  known(name: string): 'listed' | 'standard' | 'unknown'
  mappings: readonly Mapping[]
  country: string | undefined
  /** @internal where a submitted name goes, remembered from lead to lead */
  routes: Map<string, Route>
}

/** `name` is the field it goes into by itself; absent where mappings alone take it. */
type Route = {
  name: string | undefined
  type: FieldType
  alias: { name: string; type: FieldType } | undefined
  mapped: string | undefined
}

const maxRoutes = 2_000

/** Puts parts together: the flow's first, then the source's, whose mapping of the same name stands over the flow's. */
export function inboundPlan(parts: readonly InboundPart[]): InboundPlan {
  const types = new Map<string, FieldType>()
  let mappings: Mapping[] = []
  for (const part of parts) {
    for (const { name, type } of part.fields ?? []) types.set(name, type)
    const own = part.mappings.map(({ from, to }) => ({ from: normaliseName(from), to }))
    const overridden = new Set(own.map(({ from }) => from))
    mappings = [...mappings.filter(({ from }) => !overridden.has(from)), ...own]
  }
  const country = parts.find((part) => part.country !== undefined)?.country
  const known = (name: string) => {
    if (types.has(name)) return 'listed'
    return typeOfField(name) === undefined ? 'unknown' : 'standard'
  }
  return { fieldType: (name) => types.get(name), known, mappings, country, routes: new Map() }
}

/**
 * Types a submission: a name goes where the plan maps it, else where the flow or the catalogue knows it, else where it
 * is an alias of such a field that has no value yet; everything else is kept under its own name as text. Phones, postal
 * codes and states are read as they are written where the lead is from: its own country, else the plan's. Never throws;
 * at most 500 fields. `now` (ms since 1970) gives a date of birth its `age`.
 */
export function typeFields(submitted: Nested, plan: InboundPlan, now?: number): TypedLead {
  // Without a prototype: a field may be called "toString".
  const lead: TypedLead = Object.create(null)
  const aliased: [Route, NestedValue][] = []
  const mapped = new Map<string, NestedValue>()
  for (const [sent, value] of flattenNested(submitted)) {
    const route = routeOf(plan, sent)
    if (route.mapped !== undefined) mapped.set(route.mapped, value)
    if (route.alias) aliased.push([route, value])
    else if (route.name !== undefined) put(lead, route.name, route.type, value, now)
  }
  if (mapped.size > 0) putMapped(lead, plan, mapped, now)
  putAliased(lead, aliased, now)
  if (lead['country'] !== undefined || plan.country !== undefined) readInCountry(lead, plan, now)
  return lead
}

const writtenByCountry: ReadonlySet<FieldType> = new Set<FieldType>(['phone', 'postal_code', 'state'])

function countryOf(lead: TypedLead, plan: InboundPlan): string {
  const own = lead['country']
  return own?.valid && typeof own.normal === 'string' && own.normal !== '' ? own.normal : (plan.country ?? 'US')
}

/** Everything was read the American way before the country was known. */
function readInCountry(lead: TypedLead, plan: InboundPlan, now: number | undefined): void {
  const country = countryOf(lead, plan)
  if (country === 'US') return
  for (const name in lead) {
    const value = lead[name]
    if (value && writtenByCountry.has(value.type)) lead[name] = parseField(value.type, value.raw, now, country)
  }
}

function put(lead: TypedLead, name: string, type: FieldType, value: NestedValue, now: number | undefined): void {
  const typed = parseField(type, value, now)
  // Of two values for one field, the later that says something.
  if (lead[name] === undefined || !isBlank(typed)) lead[name] = typed
}

function putMapped(
  lead: TypedLead,
  plan: InboundPlan,
  values: Map<string, NestedValue>,
  now: number | undefined,
): void {
  // One submitted value may be mapped into many fields; the bound on fields holds all the same.
  let room = maxFields - Object.keys(lead).length
  for (const { from, to } of plan.mappings) {
    const value = values.get(from)
    if (value === undefined || (lead[to] === undefined && room-- <= 0)) continue
    put(lead, to, knownType(plan, to), value, now)
  }
}

function putAliased(lead: TypedLead, values: [Route, NestedValue][], now: number | undefined): void {
  for (const [{ name, type, alias }, value] of values) {
    if (alias && isBlank(lead[alias.name])) put(lead, alias.name, alias.type, value, now)
    else if (name !== undefined) put(lead, name, type, value, now)
  }
}

const knownType = (plan: InboundPlan, name: string): FieldType => plan.fieldType(name) ?? typeOfField(name) ?? 'string'

/** Where a submitted name goes. */
export function routeOf(plan: InboundPlan, sent: string): Route {
  const found = plan.routes.get(sent)
  if (found) return found
  const route = findRoute(plan, sent)
  // Bounded in both: anyone may invent names.
  if (plan.routes.size < maxRoutes && sent.length <= 200) plan.routes.set(sent, route)
  return route
}

function findRoute(plan: InboundPlan, sent: string): Route {
  const name = normaliseName(sent)
  if (name === '' || isForbiddenKey(name))
    return { name: undefined, type: 'string', alias: undefined, mapped: undefined }
  const mapped = plan.mappings.some(({ from }) => from === name) ? name : undefined
  const listed = plan.fieldType(name)
  if (mapped !== undefined && listed === undefined) return { name: undefined, type: 'string', alias: undefined, mapped }
  const meant = listed === undefined ? resolveAlias(name) : name
  if (meant === name) return { name, type: knownType(plan, name), alias: undefined, mapped }
  const type = knownType(plan, meant)
  // A name that lost against its field still holds such a value: a second "social_security_number" stays masked.
  return { name, type, alias: { name: meant, type }, mapped }
}
