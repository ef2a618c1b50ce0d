import {
  countQueue,
  decideAttempt,
  dropLeads,
  listDeadLetters,
  listQueue,
  listUndecided,
  reassignLeads,
  releaseLeads,
  replayLeads,
} from '../../queue/index'
import { ok } from '../../result'
import {
  countQueueRoute,
  decideRoute,
  dropRoute,
  dropSeveralRoute,
  listDeadLettersRoute,
  listQueueRoute,
  listUndecidedRoute,
  reassignRoute,
  reassignSeveralRoute,
  releaseRoute,
  releaseSeveralRoute,
  replayOneRoute,
  replayRoute,
} from './queue-routes'
import { page, reply, written } from './reply'
import { newApi } from './router'
import {
  writeDeadLetter,
  writeDecided,
  writeQueueCounts,
  writeQueueItem,
  writeQueueReport,
  writeReplayReport,
  writeUndecided,
} from './shapes/queue'

export const queueApi = newApi()

queueApi.openapi(listQueueRoute, async (c) => {
  const { data, nextCursor } = await listQueue(c.var.actor, c.req.valid('query'))
  return reply(c, ok(page(data.map(writeQueueItem), nextCursor)))
})

queueApi.openapi(countQueueRoute, async (c) => reply(c, ok(writeQueueCounts(await countQueue(c.var.actor)))))

queueApi.openapi(releaseSeveralRoute, async (c) => {
  const { lead_ids: leadIds } = c.req.valid('json')
  return reply(c, written(await releaseLeads(c.var.actor, { leadIds }), writeQueueReport))
})

queueApi.openapi(dropSeveralRoute, async (c) => {
  const { lead_ids: leadIds, ...rest } = c.req.valid('json')
  return reply(c, written(await dropLeads(c.var.actor, { leadIds, ...rest }), writeQueueReport))
})

queueApi.openapi(reassignSeveralRoute, async (c) => {
  const { lead_ids: leadIds, step_id: stepId } = c.req.valid('json')
  return reply(c, written(await reassignLeads(c.var.actor, { leadIds, stepId }), writeQueueReport))
})

queueApi.openapi(releaseRoute, async (c) => {
  const leadIds = [c.req.valid('param').lead_id]
  return reply(c, written(await releaseLeads(c.var.actor, { leadIds }), writeQueueReport))
})

queueApi.openapi(dropRoute, async (c) => {
  const leadIds = [c.req.valid('param').lead_id]
  return reply(c, written(await dropLeads(c.var.actor, { leadIds, ...c.req.valid('json') }), writeQueueReport))
})

queueApi.openapi(reassignRoute, async (c) => {
  const leadIds = [c.req.valid('param').lead_id]
  const { step_id: stepId } = c.req.valid('json')
  return reply(c, written(await reassignLeads(c.var.actor, { leadIds, stepId }), writeQueueReport))
})

queueApi.openapi(listDeadLettersRoute, async (c) => {
  const { data, nextCursor } = await listDeadLetters(c.var.actor, c.req.valid('query'))
  return reply(c, ok(page(data.map(writeDeadLetter), nextCursor)))
})

queueApi.openapi(replayRoute, async (c) => {
  const { lead_ids: leadIds, flow_id: flowId, ...range } = c.req.valid('json')
  return reply(c, written(await replayLeads(c.var.actor, { leadIds, flowId, ...range }), writeReplayReport))
})

queueApi.openapi(replayOneRoute, async (c) => {
  const leadIds = [c.req.valid('param').lead_id]
  return reply(c, written(await replayLeads(c.var.actor, { leadIds }), writeReplayReport))
})

queueApi.openapi(listUndecidedRoute, async (c) => {
  const { data, nextCursor } = await listUndecided(c.var.actor, c.req.valid('query'))
  return reply(c, ok(page(data.map(writeUndecided), nextCursor)))
})

queueApi.openapi(decideRoute, async (c) => {
  const { event_id: eventId } = c.req.valid('param')
  return reply(c, written(await decideAttempt(c.var.actor, { eventId, ...c.req.valid('json') }), writeDecided))
})
