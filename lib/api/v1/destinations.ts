import type { Actor } from '../../actor'
import { now } from '../../clock'
import {
  acknowledgeTest,
  createDestination,
  deleteDestination,
  destinationCapUse,
  disableDestination,
  getDestination,
  goLive,
  holdDestinationCircuit,
  listIntegrations,
  pageDestinations,
  setDestinationCaps,
  testDestination,
  testPing,
  updateDestination,
} from '../../destinations/index'
import { ok, type Result } from '../../result'
import {
  acknowledgeRoute,
  createDestinationRoute,
  deleteDestinationRoute,
  destinationCapUseRoute,
  destinationCircuitRoute,
  disableRoute,
  getDestinationRoute,
  goLiveRoute,
  listDestinationsRoute,
  listIntegrationsRoute,
  setDestinationCapsRoute,
  testPingRoute,
  testRoute,
  updateDestinationRoute,
} from './destination-routes'
import { page, reply, written } from './reply'
import { newApi } from './router'
import { writeCircuit } from './shapes/circuits'
import {
  destinationPath,
  readDestination,
  writeDestination,
  writeDestinationSummary,
  writeIntegration,
  writePingTest,
  writeTest,
} from './shapes/destinations'
import { writeCapUse } from './shapes/flows'

export const destinationApi = newApi()

async function shown(actor: Actor, id: string, done: Result<unknown>): Promise<Result<unknown>> {
  return done.ok ? written(await getDestination(actor, id), writeDestination) : done
}

destinationApi.openapi(listIntegrationsRoute, (c) => reply(c, ok(page(listIntegrations().map(writeIntegration)))))

destinationApi.openapi(createDestinationRoute, async (c) => {
  const made = await createDestination(c.var.actor, readDestination(c.req.valid('json')))
  return reply(c, written(made, writeDestination, destinationPath), 201)
})

destinationApi.openapi(listDestinationsRoute, async (c) => {
  const { data, nextCursor } = await pageDestinations(c.var.actor, c.req.valid('query'))
  return reply(c, ok(page(data.map(writeDestinationSummary), nextCursor)))
})

destinationApi.openapi(getDestinationRoute, async (c) =>
  reply(c, written(await getDestination(c.var.actor, c.req.valid('param').id), writeDestination)),
)

destinationApi.openapi(updateDestinationRoute, async (c) => {
  const { id } = c.req.valid('param')
  const changed = await updateDestination(c.var.actor, { id, ...readDestination(c.req.valid('json')) })
  return reply(c, written(changed, writeDestination, destinationPath))
})

destinationApi.openapi(deleteDestinationRoute, async (c) =>
  reply(c, await deleteDestination(c.var.actor, c.req.valid('param')), 204),
)

destinationApi.openapi(testRoute, async (c) => {
  const { connection_id: connectionId } = c.req.valid('json')
  const { id } = c.req.valid('param')
  const tested = await testDestination(c.var.actor, { id, ...(connectionId !== undefined && { connectionId }) })
  return reply(c, written(tested, writeTest, destinationPath))
})

destinationApi.openapi(testPingRoute, async (c) => {
  const { connection_id: connectionId } = c.req.valid('json')
  const { id } = c.req.valid('param')
  const tested = await testPing(c.var.actor, { id, ...(connectionId !== undefined && { connectionId }) })
  return reply(c, written(tested, writePingTest, destinationPath))
})

destinationApi.openapi(acknowledgeRoute, async (c) => {
  const { id } = c.req.valid('param')
  return reply(c, await shown(c.var.actor, id, await acknowledgeTest(c.var.actor, { id })))
})

destinationApi.openapi(goLiveRoute, async (c) => {
  const { id } = c.req.valid('param')
  return reply(c, await shown(c.var.actor, id, await goLive(c.var.actor, { id })))
})

destinationApi.openapi(disableRoute, async (c) => {
  const { id } = c.req.valid('param')
  return reply(c, await shown(c.var.actor, id, await disableDestination(c.var.actor, { id })))
})

destinationApi.openapi(destinationCircuitRoute, async (c) => {
  const held = await holdDestinationCircuit(c.var.actor, { ...c.req.valid('param'), ...c.req.valid('json') })
  return reply(c, written(held, writeCircuit))
})

destinationApi.openapi(setDestinationCapsRoute, async (c) => {
  const { id } = c.req.valid('param')
  return reply(
    c,
    await shown(c.var.actor, id, await setDestinationCaps(c.var.actor, { id, caps: c.req.valid('json') })),
  )
})

destinationApi.openapi(destinationCapUseRoute, async (c) => {
  const use = await destinationCapUse(c.var.actor, c.req.valid('param').id, now())
  return reply(
    c,
    written(use, (all) => page(all.map(writeCapUse))),
  )
})
