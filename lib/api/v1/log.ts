import { whatAccountMayDo } from '../../accounts/index'
import { getEvent, getPing, listEvents } from '../../events/index'
import { getLead, listLeads } from '../../leads/index'
import { ok } from '../../result'
import { endpoint } from './endpoint'
import { page, reply, written } from './reply'
import { newApi } from './router'
import { IdParam, listOf } from './shapes/common'
import {
  EventItemShape,
  EventQuery,
  EventShape,
  LeadItemShape,
  LeadQuery,
  LeadShape,
  PingShape,
  writeEvent,
  writeEventItem,
  writeLead,
  writeLeadItem,
  writePing,
} from './shapes/log'
import { eventExample, eventItem, leadExample, leadItem, pingExample } from './shapes/log-examples'

const listLeadsRoute = endpoint({
  method: 'get',
  path: '/leads',
  id: 'listLeads',
  tag: 'Leads',
  summary: 'List leads',
  description:
    '`q` is an email, a phone or a lead id. `side` is `seller` for what you took in and `buyer` for what was sent to you; without it, what the account does.',
  query: LeadQuery,
  answer: {
    status: 200,
    description: 'A page of leads, newest first.',
    schema: listOf(LeadItemShape),
    example: { data: [leadItem], next_cursor: leadItem.id },
  },
})

const getLeadRoute = endpoint({
  method: 'get',
  path: '/leads/{id}',
  id: 'getLead',
  tag: 'Leads',
  summary: 'Get a lead',
  description:
    'Its data, all its events in order, and every buyer that was considered. A buyer sees what was sent to it.',
  params: IdParam,
  answer: { status: 200, description: 'The lead.', schema: LeadShape, example: leadExample },
})

const listEventsRoute = endpoint({
  method: 'get',
  path: '/events',
  id: 'listEvents',
  tag: 'Events',
  summary: 'List events',
  description: 'Every step a lead took: taken in, filtered, delivered, returned. `q` is an email, a phone or an id.',
  query: EventQuery,
  answer: {
    status: 200,
    description: 'A page of events, newest first.',
    schema: listOf(EventItemShape),
    example: { data: [eventItem], next_cursor: eventItem.id },
  },
})

const getEventRoute = endpoint({
  method: 'get',
  path: '/events/{id}',
  id: 'getEvent',
  tag: 'Events',
  summary: 'Get an event',
  description:
    'With request and answer, credentials redacted, and why it fell as it did. What an invited buyer set up is not shown to the seller.',
  params: IdParam,
  answer: { status: 200, description: 'The event.', schema: EventShape, example: eventExample },
})

const getPingRoute = endpoint({
  method: 'get',
  path: '/pings/{id}',
  id: 'getPing',
  tag: 'Events',
  summary: 'Get a ping',
  description:
    'What a source was bid and why, by the id of its bid, and what buyers said when they were pinged for it.',
  params: IdParam,
  answer: { status: 200, description: 'The ping.', schema: PingShape, example: pingExample },
})

export const logApi = newApi()

logApi.openapi(listLeadsRoute, async (c) => {
  const { side, ...filters } = c.req.valid('query')
  const own = whatAccountMayDo(c.var.actor).sells ? 'seller' : 'buyer'
  const { data, nextCursor } = await listLeads(c.var.actor, side ?? own, filters)
  return reply(c, ok(page(data.map(writeLeadItem), nextCursor)))
})

logApi.openapi(getLeadRoute, async (c) =>
  reply(c, written(await getLead(c.var.actor, c.req.valid('param').id), writeLead)),
)

logApi.openapi(listEventsRoute, async (c) => {
  const { side, ...filters } = c.req.valid('query')
  const { data, nextCursor } = await listEvents(c.var.actor, side ?? 'both', filters)
  return reply(c, ok(page(data.map(writeEventItem), nextCursor)))
})

logApi.openapi(getEventRoute, async (c) =>
  reply(c, written(await getEvent(c.var.actor, c.req.valid('param').id), writeEvent)),
)

logApi.openapi(getPingRoute, async (c) =>
  reply(c, written(await getPing(c.var.actor, c.req.valid('param').id), writePing)),
)
