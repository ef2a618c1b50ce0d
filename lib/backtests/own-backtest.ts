import { and, eq } from 'drizzle-orm'
import { backtests } from '../../db/schema/index'
import type { Actor } from '../actor'
import { isUuid } from '../ids'

/** A backtest of the actor's account; `undefined` where the ids can name none. */
export const ownBacktest = (actor: Actor, flowId: string, backtestId: string) =>
  isUuid(flowId) && isUuid(backtestId)
    ? and(eq(backtests.id, backtestId), eq(backtests.flowId, flowId), eq(backtests.accountId, actor.accountId))
    : undefined
