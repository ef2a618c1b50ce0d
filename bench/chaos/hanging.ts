import type { LoadOptions, LoadResult } from '../load'
import { aBuyerStep, aDocument, runProgram, script } from '../product'
import { accepts, type Buyer, hangs } from './buyers'
import type { Installation } from './installation'
import type { Promised } from './promised'

const seconds = 10
const perSecond = { others: 60, hanging: 20 }
/** A breach is there every time; what else the machine does is not. */
const mostRounds = 3

const load = async (options: Pick<LoadOptions, 'url' | 'rate'> & Partial<LoadOptions>): Promise<LoadResult> =>
  JSON.parse(
    await runProgram(
      [script('load'), JSON.stringify({ kind: 'open', clients: 512, seconds, ...options })],
      process.env,
    ),
  ) as LoadResult

/**
 * One buyer of a flow stops answering, under 20 leads a second and with 10 seconds of patience: 200 of its leads are
 * under way. The other buyer of the flow and another account, all through the same process, keep their p99.
 */
export async function hangingHoldsUpNobody(
  { bases: [base], aLiveFlow }: Installation,
  buyers: { hanging: Buyer; beside: Buyer; others: Buyer },
): Promise<Promised> {
  // Without its circuit breaker, which would leave the buyer alone after ten calls.
  const failover = { failure_detection: { circuit_breaker: false } }
  const patience = { delivery: { timeout_seconds: 10 }, failover }
  const distribution = {
    ...{ id: 'states', type: 'distribution', name: 'By state', strategy: 'table' },
    table: { field: 'state', members: { CA: 'hanging', TX: 'beside' } },
    buyers: [aBuyerStep('hanging', buyers.hanging.url, patience), aBuyerStep('beside', buyers.beside.url, patience)],
  }
  const its = `${base}${await aLiveFlow(aDocument(distribution))}`
  const step = aBuyerStep('others', buyers.others.url, patience)
  const others = `${base}${await aLiveFlow(aDocument(step))}`
  const round = async () => {
    const [beside, other, hanging] = await Promise.all([
      load({ url: its, rate: perSecond.others, lead: { state: 'TX' } }),
      load({ url: others, rate: perSecond.others }),
      load({ url: its, rate: perSecond.hanging, lead: { state: 'CA' } }),
    ])
    return { beside, other, hanging }
  }
  const p99 = ({ beside, other }: Awaited<ReturnType<typeof round>>) => ({ beside: beside.p99, other: other.p99 })

  await round()
  const rounds = []
  for (let turn = 0; turn < mostRounds; turn++) {
    buyers.hanging.now(accepts)
    const calm = await round()
    buyers.hanging.now(hangs)
    const trouble = await round()
    const bad = trouble.beside.bad + trouble.other.bad
    rounds.push({ calm: p99(calm), hanging: p99(trouble), hanging_p50: trouble.hanging.p50, bad })
    const isWithin = (name: 'beside' | 'other') => trouble[name].p99 <= 2 * calm[name].p99
    if (isWithin('beside') && isWithin('other') && bad === 0) return promised(true, rounds)
  }
  return promised(false, rounds)
}

const promised = (kept: boolean, rounds: unknown[]): Promised => ({
  promise: 'a buyer hangs: the others of its flow and another account keep their p99 within 2 times their own',
  kept,
  figures: { unit: 'ms', per_second: perSecond, seconds_a_round: seconds, rounds },
})
