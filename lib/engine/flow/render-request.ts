import { mappedValues } from '../delivery/mapped-values'
import { compileRequest } from '../delivery/request'
import { resolveAlias, sampleLead } from '../fields/index'
import { namesAfterPing, sampleBid } from '../names/ping'
import { type Names, namesOf, noLists, sharedNames } from '../names/references'
import type { Scope } from '../names/scope'
import type { DestinationConfig, FieldType, FlowDocument } from '../schema'
import type { Bid, MappedValue, OutgoingRequest, Run } from '../types'
import type { CompiledFlow } from './compiled'
import { scopeOf } from './criteria'
import { bidOf } from './holdings'

/** A destination by itself stands in no flow: its bid is kept under this name. */
const ownStep = 'destination'

/** Names for a destination by itself: the shared fields, or any where none are known yet. */
export const destinationNames = (sharedFields: readonly string[] | undefined): Names => {
  const names: Names = { fields: new Map(), lists: noLists }
  return sharedFields ? sharedNames(names, sharedFields) : { ...names, open: true }
}

/** The same for its delivery, which follows its ping where it has one. */
export const deliveryNames = ({ ping }: DestinationConfig, sharedFields: readonly string[] | undefined): Names =>
  namesAfterPing(destinationNames(sharedFields), ownStep, ping)

/**
 * The request of an attempt or a look-up, ready but for credentials and the headers that delivery adds. The same run, step, event id
 * and time always give the same request. Undefined when the step has nothing to deliver to.
 * @param at `now` is the time that the request carries, in Unix milliseconds.
 */
export function renderRequest(
  flow: CompiledFlow,
  run: Run,
  at: { stepId: string; eventId: string; now: number },
): OutgoingRequest | undefined {
  const step = flow.steps[flow.indexOfStep.get(at.stepId) ?? -1]
  if (step?.type === 'lookup') return step.request.render(scopeOf(flow, run, at.now, at.eventId))
  const buyer = flow.buyers.get(at.stepId)
  if (!buyer) return undefined
  const priceCents = bidOf(run, buyer.id) ?? buyer.priceCents
  return buyer.request?.render(scopeOf(flow, run, at.now, at.eventId, priceCents))
}

/** The one request of several leads' attempts at a step that collects them, in their order. */
export function renderBatch(
  flow: CompiledFlow,
  leads: readonly { run: Run; eventId: string }[],
  at: { stepId: string; batchId: string; now: number },
): OutgoingRequest | undefined {
  const buyer = flow.buyers.get(at.stepId)
  const scopes = leads.map(({ run, eventId }) =>
    scopeOf(flow, run, at.now, eventId, bidOf(run, at.stepId) ?? buyer?.priceCents),
  )
  return buyer?.request?.batch?.render(scopes, at.batchId)
}

/** The request that asks a buyer for its bid, waited for no longer than is said; undefined for a step without pings. */
export function renderPing(
  flow: CompiledFlow,
  run: Run,
  at: { stepId: string; eventId: string; now: number; withinMs: number },
): OutgoingRequest | undefined {
  const buyer = flow.buyers.get(at.stepId)
  const request = buyer?.ping?.request.render(scopeOf(flow, run, at.now, at.eventId, buyer.priceCents))
  return request && { ...request, timeoutMs: Math.min(request.timeoutMs, at.withinMs) }
}

/**
 * A destination's request for the sample lead, as *Send test lead* sends it: marked as a test, its ids with `TEST_`.
 * @param given `sharedFields` are what the buyer may read; without them it reads any field.
 */
export function renderDestinationTest(config: DestinationConfig, given: SampleGiven): OutgoingRequest {
  return sampleOf(config, given).request
}

type SampleGiven = {
  sharedFields?: readonly string[] | undefined
  /** What the ping before it was answered, where there was one. */
  bid?: Bid | undefined
  /** The ping that its mapping may refer to; the destination's own unless said. */
  ping?: Parameters<typeof sampleBid>[0] | undefined
  /** The flow's fields, where there is a flow: their own types make the sample. */
  fields?: FlowDocument['fields'] | undefined
  eventId: string
  leadId: string
  now: number
}

/** The same for the editor, after a ping that bid something, with what became of each mapping's value. */
export function renderSample(
  config: DestinationConfig,
  given: SampleGiven,
): { request: OutgoingRequest; values: Record<string, MappedValue> } {
  const ping = given.ping ?? (config.ping?.active ? config.ping : undefined)
  const after = { ...given, ...(ping && { bid: sampleBid(ping) }) }
  const { request, names, scope } = sampleOf(config, after, config.request.batch ? 2 : 1)
  return { request, values: mappedValues(config.request, names, scope) }
}

/** @param leads how many a batch has; each has an event id of its own. */
function sampleOf(config: DestinationConfig, given: SampleGiven, leads = 1) {
  const { fields, sharedFields, bid, ping = config.ping } = given
  const known = fields ? { ...namesOf({ fields }), open: true } : destinationNames(sharedFields)
  const names = namesAfterPing(known, ownStep, ping)
  const typeOf = (name: string) => names.fields.get(name)?.type
  const parts = { ...config, requiredFields: config.required_fields, timeoutMs: 30_000 }
  const compiled = compileRequest(parts, names)
  const referred = sharedFields ?? fields?.map(({ name }) => name) ?? compiled.render(testScope(given, [])).sentFields
  const sample = testScope(given, referred, typeOf)
  const scope = bid ? { ...sample, run: { ...sample.run, bids: { [ownStep]: bid } } } : sample
  const { batch } = compiled
  const idOf = (index: number) =>
    given.eventId.slice(0, -1) + ((Number.parseInt(given.eventId.slice(-1), 16) + index) % 16).toString(16)
  const scopes = Array.from({ length: leads }, (_, index) => ({ ...scope, eventId: idOf(index) }))
  const request = batch && leads > 1 ? batch.render(scopes, given.eventId) : compiled.render(scope)
  return { request, names, scope }
}

/** What templates see of a sample lead with these fields, without a flow. */
export function sampleScope(fields: readonly string[], names: Names, now: number): Scope {
  return testScope({ eventId: 'event', leadId: 'lead', now }, fields, (name) => names.fields.get(name)?.type)
}

/** What templates see of a lead without any value. */
export function emptyScope(now: number): Scope {
  const scope = testScope({ eventId: 'event', leadId: 'lead', now }, [])
  return { ...scope, run: { ...scope.run, lead: {} } }
}

/** All that a test shows: the sample lead with these fields. */
export function testScope(
  given: { eventId: string; leadId: string; now: number },
  fields: readonly string[],
  typeOf?: (name: string) => FieldType | undefined,
): Scope {
  const run: Run = {
    leadId: given.leadId,
    isTest: true,
    receivedAt: given.now,
    random: 50,
    lead: sampleLead(fields.map(resolveAlias), typeOf, given.now),
    submission: { ip: '192.0.2.1', userAgent: 'Mozilla/5.0' },
    source: { id: '', name: 'Test source' },
    at: 0,
    results: [],
    trace: [],
    appended: {},
    state: 'open',
    status: 'processing',
    costCents: 0,
    revenueCents: 0,
  }
  return { run, flow: { id: '', name: 'Test flow', timeZone: 'UTC' }, now: given.now, eventId: given.eventId }
}
