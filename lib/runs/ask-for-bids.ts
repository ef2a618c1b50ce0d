import { deliver } from '../delivery/index'
import { type Effect, type PingAnswer, renderPing } from '../engine/index'
import { eventIdAfter, eventIdFor } from './event-id'
import { exchangedOf, type Job } from './job'
import { maskedValues } from './masked-values'
import { step } from './step'

type Pings = Extract<Effect, { kind: 'ping' }>

/** Asks one buyer. Each ping has an id of its own: when the process dies they are all asked again, under new ones. */
async function askOne(job: Job, stepId: string, withinMs: number): Promise<PingAnswer> {
  const startedAt = Date.now()
  const eventId = eventIdAfter(job.run.leadId)
  const request = renderPing(job.compiled, job.run, { stepId, eventId, now: startedAt, withinMs })
  if (!request) throw new Error(`step ${stepId} of flow ${job.flow.flow.id} was to be pinged but has no ping`)
  const { buyerAccountId } = job.flow.targets[stepId] ?? {}
  const delivery = await deliver(buyerAccountId ?? job.flow.flow.accountId, request, {
    eventId,
    leadId: job.run.leadId,
    isTest: job.run.isTest,
    masked: maskedValues(job.run.lead),
  })
  job.exchanges[eventId] = exchangedOf(delivery, request.sentFields, buyerAccountId)
  return { stepId, eventId, verdict: delivery.verdict, startedAt, endedAt: Date.now(), withinMs: request.timeoutMs }
}

/** Asks all the buyers of an auction at once for their bids; the engine goes on when each has answered or its time is up. */
export async function askForBids(job: Job, { eventId, stepIds, withinMs }: Pings): Promise<Effect | undefined> {
  const answers = await Promise.all(stepIds.map((stepId) => askOne(job, stepId, withinMs)))
  return step(job, { kind: 'pinged', eventId, answers, now: Date.now(), nextEventId: eventIdFor(job.run) })
}
