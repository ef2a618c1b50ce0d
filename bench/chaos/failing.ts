import { setTimeout as sleep } from 'node:timers/promises'
import { aBuyerStep, aDocument } from '../product'
import { accepts, type Buyer, fails } from './buyers'
import type { Installation } from './installation'
import type { Promised } from './promised'
import { newEmail, sourcesOf } from './sources'

const clients = 12
/** Each client's pause between leads: about 50 a second together. */
const pauseMs = 200
const failingMs = 60_000
const recoveryMs = 40_000
/** Calls under way when the circuit opens still end, and the other processes hear of it a moment later. */
const openingMs = 5_000

/**
 * A buyer fails for a minute under 50 leads a second through three processes, with a circuit breaker that rests for 40
 * seconds: after it opened, one lead tries it, and when the buyer is well again it gets its leads without a hand.
 */
export async function failingIsLeftAlone(
  { bases, aLiveFlow }: Installation,
  buyers: { failing: Buyer; backup: Buyer },
): Promise<Promised> {
  const breaker = { failure_threshold: 5, time_window: '1 minute', recovery_timeout: '40 seconds' }
  const step = aBuyerStep('failing', buyers.failing.url, {
    failover: { failure_detection: { circuit_breaker: breaker } },
  })
  const group = { id: 'group', type: 'distribution', name: 'Group' }
  const path = await aLiveFlow(aDocument({ ...group, buyers: [step, aBuyerStep('backup', buyers.backup.url)] }))
  const { calls } = buyers.failing
  const sources = sourcesOf(bases, path)
  let over = false
  let unsold = 0
  const client = async () => {
    while (!over) {
      const answer = await sources.sendUntilAnswered(newEmail(), false, Date.now() + failingMs)
      if (answer?.outcome !== 'success') unsold++
      await sleep(pauseMs)
    }
  }
  const load = Promise.all(Array.from({ length: clients }, client))
  await sleep(3_000)
  buyers.failing.now(fails)
  const from = Date.now()
  await sleep(failingMs)
  const during = calls.filter(({ at }) => at >= from)
  const probes = during.filter(({ at }) => at > from + openingMs)
  buyers.failing.now(accepts)
  const wellAt = Date.now()
  const isBack = () => calls.filter(({ at }) => at >= wellAt).length > 50
  while (!isBack() && Date.now() - wellAt < recoveryMs + 20_000) await sleep(250)
  over = true
  await load
  await sources.close()
  const perSecond = Math.round((during.length / failingMs) * 100_000) / 100
  return {
    promise: 'a buyer fails for a minute: it gets fewer than 2 calls a second and exactly one probe, and comes back',
    kept: perSecond < 2 && probes.length === 1 && isBack() && unsold === 0,
    figures: {
      calls: during.length,
      calls_a_second: perSecond,
      probes: probes.length,
      leads_unsold: unsold,
      taken_by_backup: buyers.backup.calls.length,
      back_after_seconds: isBack() ? Math.round((Date.now() - wellAt) / 100) / 10 : 'never',
    },
  }
}
