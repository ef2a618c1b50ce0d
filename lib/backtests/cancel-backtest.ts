import { and, inArray } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { backtests } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { conflict, notFound } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { ownBacktest } from './own-backtest'
import { BacktestIdInput } from './schema'

/** Ends a backtest before its end: what it has found so far stays. Refuses one that is over (`conflict`). */
export async function cancelBacktest(actor: Actor, input: unknown, tx?: Tx): Promise<Result<{ id: string }>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(BacktestIdInput, input)
  if (!parsed.ok) return parsed
  const { flowId, backtestId: id } = parsed.value
  const own = ownBacktest(actor, flowId, id)
  if (!own) return err(notFound('The backtest'))
  return transact(async (run) => {
    const [found] = await run.select({ id: backtests.id }).from(backtests).where(own)
    if (!found) return err(notFound('The backtest'))
    const open = and(own, inArray(backtests.status, ['waiting', 'running']))
    const [ended] = await run
      .update(backtests)
      .set({ status: 'cancelled', endedAt: new Date(), leasedUntil: null, sealedFile: null })
      .where(open)
      .returning({ id: backtests.id })
    if (!ended) return err(conflict('The backtest is over already.'))
    await recordAudit(run, actor, {
      action: 'backtest.cancel',
      subjectKind: 'flow',
      subjectId: flowId,
      before: { backtest: id },
    })
    return ok({ id })
  }, tx)
}
