import type { Actor } from '../actor'
import { now } from '../clock'
import { deliver } from '../delivery/index'
import { type DestinationConfig, type DestinationTest, pings, renderDestinationTest } from '../engine/index'
import { onThisInstallation } from '../flows/index'
import { uuidv7 } from '../ids'
import { checksOf } from './checks'
import { runMailTest } from './mail-test'
import { runPing } from './run-ping'
import { expectedOutcome } from './sandbox'
import type { Integration } from './schema'

const testLeadId = 'TEST_123'

/** The fields of a lead that come to a destination, and those that may be told in a ping. */
export type Coming = { sharedFields: string[]; pingFields: string[] }

/**
 * Sends the sample lead to a destination, marked as a test, and says what came of it. One that is pinged is asked for its
 * bid before, as it would be. Saves nothing.
 */
export async function runTest(
  actor: Actor,
  integration: Integration,
  config: DestinationConfig,
  coming?: Coming,
): Promise<DestinationTest> {
  if (integration === 'email' && config.email) return runMailTest(actor, config.email, coming?.sharedFields)
  const nowMs = now()
  const eventId = `TEST_${uuidv7(nowMs)}`
  const sent = integration === 'sandbox' ? { ...config, endpoint: onThisInstallation(config.endpoint) } : config
  const asked = pings(sent) ? await runPing(actor, sent, coming?.pingFields) : undefined
  const request = renderDestinationTest(sent, {
    eventId,
    leadId: testLeadId,
    now: nowMs,
    sharedFields: coming?.sharedFields,
    bid: asked?.bid,
  })
  const delivery = await deliver(actor.accountId, request, { eventId, leadId: testLeadId, isTest: true })
  const expected = integration === 'sandbox' ? expectedOutcome(config) : 'accepted'
  const checks = checksOf({ config: sent, request, delivery, expected })
  return {
    passed: checks.every((check) => check.passed) && asked?.test.passed !== false,
    at: new Date(nowMs).toISOString(),
    checks,
    request: delivery.request,
    ...(delivery.response && { response: delivery.response }),
    ...(asked && { ping: asked.test }),
  }
}
