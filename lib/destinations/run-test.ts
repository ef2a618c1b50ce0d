import type { Actor } from '../actor'
import { now } from '../clock'
import { deliver } from '../delivery/index'
import { type DestinationConfig, type DestinationTest, renderDestinationTest } from '../engine/index'
import { onThisInstallation } from '../flows/index'
import { uuidv7 } from '../ids'
import { checksOf } from './checks'
import { runMailTest } from './mail-test'
import { expectedOutcome } from './sandbox'
import type { Integration } from './schema'

const testLeadId = 'TEST_123'

/** Sends the sample lead to a destination, marked as a test, and says what came of it. Saves nothing. */
export async function runTest(
  actor: Actor,
  integration: Integration,
  config: DestinationConfig,
  sharedFields?: string[],
): Promise<DestinationTest> {
  if (integration === 'email' && config.email) return runMailTest(actor, config.email, sharedFields)
  const nowMs = now()
  const eventId = `TEST_${uuidv7(nowMs)}`
  const sent = integration === 'sandbox' ? { ...config, endpoint: onThisInstallation(config.endpoint) } : config
  const request = renderDestinationTest(sent, {
    eventId,
    leadId: testLeadId,
    now: nowMs,
    ...(sharedFields && { sharedFields }),
  })
  const delivery = await deliver(actor.accountId, request, { eventId, leadId: testLeadId, isTest: true })
  const expected = integration === 'sandbox' ? expectedOutcome(config) : 'accepted'
  const checks = checksOf({ config: sent, request, delivery, expected })
  return {
    passed: checks.every((check) => check.passed),
    at: new Date(nowMs).toISOString(),
    checks,
    request: delivery.request,
    ...(delivery.response && { response: delivery.response }),
  }
}
