import type { Actor } from '../actor'
import { now } from '../clock'
import { deliver } from '../delivery/index'
import { type Bid, type PingedConfig, type PingTest, pingAsDelivery, renderDestinationTest } from '../engine/index'
import { uuidv7 } from '../ids'
import { secondMs } from '../time'
import { pingChecksOf } from './checks'

const testLeadId = 'TEST_123'
const usualSeconds = 10

type Asked = { test: PingTest; bid?: Bid }

/**
 * Pings a destination with the sample lead, marked as a test, and says what it bids. Saves nothing.
 * @param told the fields that may be told in a ping; any where nobody has said.
 */
export async function runPing(actor: Actor, config: PingedConfig, told?: string[]): Promise<Asked> {
  const nowMs = now()
  const eventId = `TEST_${uuidv7(nowMs)}`
  const asked = pingAsDelivery(config)
  const rendered = renderDestinationTest(asked, { eventId, leadId: testLeadId, now: nowMs, sharedFields: told })
  const request = { ...rendered, timeoutMs: Math.round((config.ping.timeout_seconds ?? usualSeconds) * secondMs) }
  const delivery = await deliver(actor.accountId, request, { eventId, leadId: testLeadId, isTest: true })
  const checks = pingChecksOf({ config: asked, request, delivery })
  const { outcome, priceCents, buyerLeadId: reference, captured } = delivery.verdict
  const said = { ...(reference !== undefined && { reference }), ...(captured && { captured }) }
  const test: PingTest = {
    passed: checks.every((check) => check.passed),
    at: new Date(nowMs).toISOString(),
    checks,
    request: delivery.request,
    ...(delivery.response && { response: delivery.response }),
    ...(outcome === 'accepted' && { bid: { ...(priceCents !== undefined && { priceCents }), ...said } }),
  }
  return { test, ...(outcome === 'accepted' && { bid: { priceCents: priceCents ?? 0, eventId, ...said } }) }
}
