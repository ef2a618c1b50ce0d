import { compileRequest } from '../delivery/request'
import { resolveAlias, sampleLead } from '../fields/index'
import { type Names, noLists, sharedNames } from '../names/references'
import type { Scope } from '../names/scope'
import type { DestinationConfig } from '../schema'
import type { OutgoingRequest, Run } from '../types'
import type { CompiledFlow } from './compile-flow'
import { scopeOf } from './decide'

/** Names for a destination by itself: the shared fields, or any where none are known yet. */
export const destinationNames = (sharedFields: readonly string[] | undefined): Names => {
  const names: Names = { fields: new Map(), lists: noLists }
  return sharedFields ? sharedNames(names, sharedFields) : { ...names, open: true }
}

/**
 * The request of an attempt, ready but for credentials and the headers that delivery adds. The same run, step, event id
 * and time always give the same request. Undefined when the step has nothing to deliver to.
 * @param at `now` is the time that the request carries, in Unix milliseconds.
 */
export function renderRequest(
  flow: CompiledFlow,
  run: Run,
  at: { stepId: string; eventId: string; now: number },
): OutgoingRequest | undefined {
  const index = flow.indexOfStep.get(at.stepId)
  const step = index === undefined ? undefined : flow.steps[index]
  if (step?.type !== 'buyer') return undefined
  return step.request?.render(scopeOf(flow, run, at.now, at.eventId, step.priceCents))
}

/**
 * A destination's request for the sample lead, as *Send test lead* sends it: marked as a test, its ids with `TEST_`.
 * @param given `sharedFields` are what the buyer may read; without them it reads any field.
 */
export function renderDestinationTest(
  config: DestinationConfig,
  given: { sharedFields?: readonly string[]; eventId: string; leadId: string; now: number },
): OutgoingRequest {
  const names = destinationNames(given.sharedFields)
  const parts = { ...config, requiredFields: config.required_fields, timeoutMs: 30_000 }
  const referred = given.sharedFields ?? compileRequest(parts, names).render(testScope(given, [])).sentFields
  return compileRequest(parts, names).render(testScope(given, referred))
}

/** What templates see of a sample lead with these fields, without a flow. */
export function sampleScope(fields: readonly string[], names: Names, now: number): Scope {
  const scope = testScope({ eventId: 'event', leadId: 'lead', now }, [])
  const lead = sampleLead(fields, (name) => names.fields.get(name)?.type, now)
  return { ...scope, run: { ...scope.run, lead } }
}

/** What templates see of a lead without any value. */
export function emptyScope(now: number): Scope {
  const scope = testScope({ eventId: 'event', leadId: 'lead', now }, [])
  return { ...scope, run: { ...scope.run, lead: {} } }
}

/** All that a test shows: the sample lead with these fields. */
export function testScope(given: { eventId: string; leadId: string; now: number }, fields: readonly string[]): Scope {
  const run: Run = {
    leadId: given.leadId,
    isTest: true,
    receivedAt: given.now,
    random: 50,
    lead: sampleLead(fields.map(resolveAlias), undefined, given.now),
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
