import type { Actor } from '../../actor'
import { now } from '../../clock'
import {
  connectionCapUse,
  getConnection,
  pageConnections,
  pauseConnection,
  resumeConnection,
  revokeConnection,
  setConnectionCaps,
  setConnectionPartner,
  setDelivery,
} from '../../connections/index'
import { testDestination } from '../../destinations/index'
import type { DestinationTest } from '../../engine/index'
import { conflict, forbidden } from '../../errors'
import { err, ok, type Result } from '../../result'
import { endpoint } from './endpoint'
import { page, reply, written } from './reply'
import { newApi } from './router'
import { AccountCapsShape, IdParam, listOf } from './shapes/common'
import { buyerConnection, sellerConnection } from './shapes/connection-examples'
import { ConnectionQuery, ConnectionShape, DeliveryChoice, PartnerChoice, writeConnection } from './shapes/connections'
import { destinationTest } from './shapes/destination-examples'
import { TestShape, writeTest } from './shapes/destinations'
import { sample, sampleCapUse } from './shapes/examples'
import { CapUseShape, writeCapUse } from './shapes/flows'

const tag = 'Connections'
const answersConnection = {
  status: 200,
  description: 'The connection as the side of the key may see it.',
  schema: ConnectionShape,
  example: sellerConnection,
} as const

const listRoute = endpoint({
  method: 'get',
  path: '/connections',
  id: 'listConnections',
  tag,
  summary: 'List connections',
  description:
    'From either side, newest first, by keyset. A seller sees that a buyer is ready, never where or how it receives leads.',
  query: ConnectionQuery,
  answer: {
    status: 200,
    description: 'The connections of the account.',
    schema: listOf(ConnectionShape),
    example: { data: [sellerConnection], next_cursor: null },
  },
})

const getRoute = endpoint({
  method: 'get',
  path: '/connections/{id}',
  id: 'getConnection',
  tag,
  summary: 'Get a connection',
  description: 'Status, both sides, health, and the last 30 days.',
  params: IdParam,
  answer: answersConnection,
})

const change = <Verb extends 'pause' | 'resume' | 'revoke'>(verb: Verb, summary: string, description: string) =>
  endpoint({
    method: 'post',
    path: `/connections/{id}/${verb}`,
    id: `${verb}Connection`,
    tag,
    summary,
    description,
    params: IdParam,
    answer: answersConnection,
    refuses: [409],
  })

const pauseRoute = change(
  'pause',
  'Pause a connection',
  'No lead passes from the next one on, until the same side resumes it.',
)
const resumeRoute = change('resume', 'Resume a connection', 'The side that paused it may.')
const revokeRoute = change('revoke', 'End a connection', 'For good: the buyer would have to be invited again.')

const testRoute = endpoint({
  method: 'post',
  path: '/connections/{id}/test',
  id: 'testConnection',
  tag,
  summary: 'Send a test lead through a connection',
  description:
    'For the buyer: to the destination it chose, with what this seller shares. A seller tests its flow instead.',
  params: IdParam,
  answer: { status: 200, description: 'What the test found.', schema: TestShape, example: destinationTest },
  refuses: [409],
})

const deliveryRoute = endpoint({
  method: 'put',
  path: '/connections/{id}/delivery',
  id: 'setDelivery',
  tag,
  summary: 'Choose where the leads go',
  description: 'For the buyer: one of its destinations. The seller is told when everything is ready, and not where.',
  params: IdParam,
  body: DeliveryChoice,
  example: { destination_id: sample.destinationId },
  answer: { ...answersConnection, example: buyerConnection },
  refuses: [409],
})

const setCapsRoute = endpoint({
  method: 'put',
  path: '/connections/{id}/caps',
  id: 'setConnectionCaps',
  tag,
  summary: 'Cap a connection',
  description:
    'For the seller: at the most so many leads, and so much money, over all flows and steps that use it. At once; `{}` takes all caps away.',
  params: IdParam,
  body: AccountCapsShape,
  example: { daily: 250 },
  answer: answersConnection,
  refuses: [409],
})

const setPartnerRoute = endpoint({
  method: 'put',
  path: '/connections/{id}/partner',
  id: 'setConnectionPartner',
  tag,
  summary: 'Say which partner a connection’s buyer is',
  description:
    'For the seller: that partner’s limits and schedule count from the next lead on. `null`: none of them. An accepted invitation has chosen or made one.',
  params: IdParam,
  body: PartnerChoice,
  example: { partner_id: sample.partnerId },
  answer: answersConnection,
  refuses: [409],
})

const capUseRoute = endpoint({
  method: 'get',
  path: '/connections/{id}/caps',
  id: 'getConnectionCapUse',
  tag,
  summary: 'The use of a connection’s caps',
  description: 'For the seller: what is taken from each in the minute, hour, day, week or month that runs now.',
  params: IdParam,
  answer: {
    status: 200,
    description: 'One line for each cap.',
    schema: listOf(CapUseShape),
    example: {
      data: [{ ...sampleCapUse, of: 'connection', id: sample.connectionId, name: 'Coastal Mutual' }],
      next_cursor: null,
    },
  },
})

async function shown(actor: Actor, id: string, done: Result<unknown>): Promise<Result<unknown>> {
  return done.ok ? written(await getConnection(actor, id), writeConnection) : written(done, (value) => value)
}

async function testConnection(actor: Actor, id: string): Promise<Result<DestinationTest>> {
  const found = await getConnection(actor, id)
  if (!found.ok) return found
  const connection = found.value
  if (connection.side === 'seller')
    return err(forbidden('The buyer tests its own delivery. Test your side with POST /flows/{id}/test.'))
  if (!connection.destination) return err(conflict('Choose a destination for this connection first.'))
  return testDestination(actor, { id: connection.destination.id, connectionId: id })
}

export const connectionApi = newApi()

connectionApi.openapi(listRoute, async (c) => {
  const { data, nextCursor } = await pageConnections(c.var.actor, c.req.valid('query'))
  return reply(c, ok(page(data.map(writeConnection), nextCursor)))
})

connectionApi.openapi(getRoute, async (c) =>
  reply(c, written(await getConnection(c.var.actor, c.req.valid('param').id), writeConnection)),
)

connectionApi.openapi(pauseRoute, async (c) => {
  const { id } = c.req.valid('param')
  return reply(c, await shown(c.var.actor, id, await pauseConnection(c.var.actor, { id })))
})

connectionApi.openapi(resumeRoute, async (c) => {
  const { id } = c.req.valid('param')
  return reply(c, await shown(c.var.actor, id, await resumeConnection(c.var.actor, { id })))
})

connectionApi.openapi(revokeRoute, async (c) => {
  const { id } = c.req.valid('param')
  return reply(c, await shown(c.var.actor, id, await revokeConnection(c.var.actor, { id })))
})

connectionApi.openapi(testRoute, async (c) =>
  reply(c, written(await testConnection(c.var.actor, c.req.valid('param').id), writeTest)),
)

connectionApi.openapi(deliveryRoute, async (c) => {
  const { id } = c.req.valid('param')
  const chosen = await setDelivery(c.var.actor, { connectionId: id, destinationId: c.req.valid('json').destination_id })
  return reply(c, await shown(c.var.actor, id, chosen))
})

connectionApi.openapi(setCapsRoute, async (c) => {
  const { id } = c.req.valid('param')
  return reply(c, await shown(c.var.actor, id, await setConnectionCaps(c.var.actor, { id, caps: c.req.valid('json') })))
})

connectionApi.openapi(setPartnerRoute, async (c) => {
  const { id } = c.req.valid('param')
  const { partner_id: partnerId } = c.req.valid('json')
  return reply(c, await shown(c.var.actor, id, await setConnectionPartner(c.var.actor, { id, partnerId })))
})

connectionApi.openapi(capUseRoute, async (c) => {
  const use = await connectionCapUse(c.var.actor, c.req.valid('param').id, now())
  return reply(
    c,
    written(use, (all) => page(all.map(writeCapUse))),
  )
})
