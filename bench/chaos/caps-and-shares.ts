import { aBuyerStep, aDocument } from '../product'
import type { Buyer } from './buyers'
import type { Installation } from './installation'
import type { Promised } from './promised'
import { sourcesOf } from './sources'

const [leads, clients] = [400, 64]
/** A zone whose day does not end in the next hours. */
const quietZone = () => (new Date().getUTCHours() < 20 ? 'UTC' : 'Asia/Tokyo')

async function send({ bases, aLiveFlow }: Installation, step: Record<string, unknown>) {
  const path = await aLiveFlow(aDocument(step))
  const sources = sourcesOf(bases, path)
  const startedAt = performance.now()
  const answers = await sources.sendAll(leads, clients)
  await sources.close()
  return { answers, seconds: Math.round(performance.now() - startedAt) / 1000 }
}

/** Cap 100 a day, 400 leads: exactly 100 are sold, 300 are refused and told why, and the buyer hears of 100. */
export async function capIsExact(installation: Installation, buyer: Buyer): Promise<Promised> {
  const caps = { daily: 100, timezone: quietZone() }
  const step = aBuyerStep('capped', buyer.url, { conditional_delivery: { caps } })
  const { answers, seconds } = await send(installation, step)
  const sold = answers.filter(({ outcome }) => outcome === 'success').length
  const refused = answers.filter(({ reason }) => reason?.startsWith('Cap 100 of 100 a day')).length
  const reached = new Set(buyer.calls.map(({ email }) => email)).size
  return {
    promise: `a cap of 100 with ${leads} leads from ${clients} clients through 3 processes`,
    kept: sold === 100 && refused === 300 && reached === 100 && buyer.calls.length === 100,
    figures: { sold, refused, buyer_calls: buyer.calls.length, seconds },
  }
}

/** Everybody's share of 400 leads is exact, by turns and by weight. */
export async function sharesAreExact(
  installation: Installation,
  { strategy, weights }: { strategy: 'round_robin' | 'weighted'; weights: readonly number[] },
  buyers: Buyer[],
): Promise<Promised> {
  for (const buyer of buyers) buyer.calls.splice(0)
  const members = weights.map((weight, at) => aBuyerStep(`b${at}`, buyers[at]?.url ?? '', { weight }))
  const step = { id: 'shares', type: 'distribution', name: 'Shares', strategy, buyers: members }
  const { answers, seconds } = await send(installation, step)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const owed = weights.map((weight) => (leads * weight) / total)
  const got = weights.map((_, at) => buyers[at]?.calls.length ?? 0)
  return {
    promise: `${strategy}: shares of ${leads} leads from ${clients} clients through 3 processes`,
    kept: answers.every(({ outcome }) => outcome === 'success') && got.join() === owed.join(),
    figures: { owed, got, seconds },
  }
}
