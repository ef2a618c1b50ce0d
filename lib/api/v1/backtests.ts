import {
  cancelBacktest,
  createBacktest,
  getBacktest,
  listBacktestLeads,
  listBacktests,
  simulateLead,
} from '../../backtests/index'
import {
  cancelBacktestRoute,
  createBacktestRoute,
  getBacktestRoute,
  listBacktestLeadsRoute,
  listBacktestsRoute,
  simulateLeadRoute,
} from './backtest-routes'
import { page, reply, written } from './reply'
import { newApi } from './router'
import { writeBacktest, writeBacktestLead } from './shapes/backtests'
import { writeSimulation } from './shapes/simulations'

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

backtestApi.openapi(simulateLeadRoute, async (c) => {
  const {
    lead_id: leadId,
    source_id: sourceId,
    time_zone: timeZone,
    all_ready: allReady,
    ...rest
  } = c.req.valid('json')
  const asked = { ...rest, flowId: c.req.valid('param').id, leadId, sourceId, timeZone, allReady }
  return reply(c, written(await simulateLead(c.var.actor, asked), writeSimulation))
})

/** Paths into a flow document, and of the body itself, are the caller's own already. */
function asSent(path: string): string {
  return path
}
