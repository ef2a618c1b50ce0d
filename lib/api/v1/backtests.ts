import { cancelBacktest, createBacktest, getBacktest, listBacktestLeads, listBacktests } from '../../backtests/index'
import {
  cancelBacktestRoute,
  createBacktestRoute,
  getBacktestRoute,
  listBacktestLeadsRoute,
  listBacktestsRoute,
} from './backtest-routes'
import { page, reply, written } from './reply'
import { newApi } from './router'
import { writeBacktest, writeBacktestLead } from './shapes/backtests'

export const backtestApi = newApi()

backtestApi.openapi(createBacktestRoute, async (c) => {
  const { actor } = c.var
  const flowId = c.req.valid('param').id
  const made = await createBacktest(actor, { ...c.req.valid('json'), flowId })
  return reply(
    c,
    made.ok
      ? written(await getBacktest(actor, flowId, made.value.id), writeBacktest)
      : written(made, (id) => id, asSent),
    201,
  )
})

backtestApi.openapi(listBacktestsRoute, async (c) =>
  reply(
    c,
    written(await listBacktests(c.var.actor, c.req.valid('param').id), (found) => page(found.map(writeBacktest))),
  ),
)

backtestApi.openapi(getBacktestRoute, async (c) => {
  const { id, backtest_id } = c.req.valid('param')
  return reply(c, written(await getBacktest(c.var.actor, id, backtest_id), writeBacktest))
})

backtestApi.openapi(listBacktestLeadsRoute, async (c) => {
  const { id, backtest_id } = c.req.valid('param')
  const found = await listBacktestLeads(c.var.actor, id, backtest_id, c.req.valid('query'))
  return reply(
    c,
    written(found, ({ data, nextCursor }) => page(data.map(writeBacktestLead), nextCursor)),
  )
})

backtestApi.openapi(cancelBacktestRoute, async (c) => {
  const { actor } = c.var
  const { id, backtest_id } = c.req.valid('param')
  const ended = await cancelBacktest(actor, { flowId: id, backtestId: backtest_id })
  return reply(c, ended.ok ? written(await getBacktest(actor, id, backtest_id), writeBacktest) : ended)
})

/** Paths into a flow document, and of the body itself, are the caller's own already. */
function asSent(path: string): string {
  return path
}
