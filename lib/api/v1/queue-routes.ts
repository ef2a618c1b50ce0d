import { endpoint } from './endpoint'
import { listOf } from './shapes/common'
import { sample } from './shapes/examples'
import {
  DeadLetterQuery,
  DeadLetterShape,
  DecideBody,
  DecidedShape,
  DropBody,
  DropSeveralBody,
  EventIdParam,
  LeadIdParam,
  QueueCountsShape,
  QueueItemShape,
  QueueQuery,
  QueueReportShape,
  ReassignBody,
  ReassignSeveralBody,
  ReleaseSeveralBody,
  ReplayBody,
  ReplayReportShape,
  UndecidedQuery,
  UndecidedShape,
} from './shapes/queue'

const tag = 'Queue'
const whose = {
  lead_id: sample.leadId,
  label: 'Ana García',
  email: 'ana@example.com',
  phone: '(512) 789-1111',
  is_test: false,
  flow_id: sample.flowId,
  flow_name: 'Insurance Leads – California',
  source_id: sample.sourceId,
  source_name: 'Web form',
  received_at: sample.at,
}
const item = {
  ...whose,
  step_id: 'premium',
  name: 'Premium Insurance Buyer',
  recipient: 'Premium Insurance Buyer',
  cause: 'hours',
  reason: 'Closed until Mon 08:00 Los Angeles',
  held_at: sample.at,
  due_at: '2026-01-19T16:00:00.000Z',
}
const taken = {
  status: 200,
  description: 'It is taken up in a moment.',
  schema: QueueReportShape,
  example: { done: 1, passed_over: [] },
} as const

export const listQueueRoute = endpoint({
  method: 'get',
  path: '/queue',
  id: 'listQueue',
  tag,
  summary: 'List waiting leads',
  description:
    'Leads that wait for a buyer to open (`hours`), for room in a cap (`cap`), for the next try after a failure (`retry`), for a buyer that works again (`breaker`), or for the batch that they go out with (`batch`), whatever is due first. `q` is an email, a phone or a lead id. `wish` is what somebody has said becomes of it.',
  query: QueueQuery,
  answer: {
    status: 200,
    description: 'A page of waiting leads.',
    schema: listOf(QueueItemShape),
    example: { data: [item], next_cursor: null },
  },
})

export const countQueueRoute = endpoint({
  method: 'get',
  path: '/queue/counts',
  id: 'countQueue',
  tag,
  summary: 'Count what is not done with',
  description:
    'How many leads wait, how many were given up, and how many attempts need a decision. Nothing is counted beyond 100.',
  answer: {
    status: 200,
    description: 'Each count, 100 for that many or more.',
    schema: QueueCountsShape,
    example: { waiting: 12, given_up: 100, decisions: 1 },
  },
})

export const releaseRoute = endpoint({
  method: 'post',
  path: '/queue/{lead_id}/release',
  id: 'releaseLead',
  tag,
  summary: 'Release a waiting lead',
  description: 'Asks all buyers that it waits for, now. One that is closed or full stays so: the lead waits on then.',
  params: LeadIdParam,
  answer: taken,
  refuses: [409],
})

export const dropRoute = endpoint({
  method: 'post',
  path: '/queue/{lead_id}/drop',
  id: 'dropLead',
  tag,
  summary: 'Drop a waiting lead',
  description:
    'Nobody else is asked. What is not sold ends as a failure, and `reason` is what its source is told (`Dropped from the queue` unless said).',
  params: LeadIdParam,
  body: DropBody,
  bodyOptional: true,
  example: { reason: 'Asked us not to call' },
  answer: taken,
  refuses: [409],
})

export const reassignRoute = endpoint({
  method: 'post',
  path: '/queue/{lead_id}/reassign',
  id: 'reassignLead',
  tag,
  summary: 'Send a waiting lead to another buyer',
  description:
    'Another buyer step of its flow is asked next, by its own rules. Where that one does not take the lead, it waits on. Refused for a buyer that has the lead, or may have it.',
  params: LeadIdParam,
  body: ReassignBody,
  example: { step_id: 'coastal' },
  answer: taken,
  refuses: [409],
})

const several = {
  ...taken,
  description: 'How many are taken up in a moment, and which were passed over and why.',
  example: {
    done: 2,
    passed_over: [{ lead_id: sample.leadId, reason: 'It does not wait any more: it was just taken up' }],
  },
} as const
const someLeads = [sample.leadId, '0197a3c2-5b7e-7c41-9d0f-6a1e2b3c4d61', '0197a3c2-5b7e-7c41-9d0f-6a1e2b3c4d62']

export const releaseSeveralRoute = endpoint({
  method: 'post',
  path: '/queue/release',
  id: 'releaseLeads',
  tag,
  summary: 'Release several waiting leads',
  description:
    'Up to 200. Those that do not wait any more, or that somebody has decided about, are passed over; 409 when that is all of them.',
  body: ReleaseSeveralBody,
  example: { lead_ids: someLeads },
  answer: several,
  refuses: [404, 409],
})

export const dropSeveralRoute = endpoint({
  method: 'post',
  path: '/queue/drop',
  id: 'dropLeads',
  tag,
  summary: 'Drop several waiting leads',
  description: 'Up to 200, for one `reason`, which is what their sources are told.',
  body: DropSeveralBody,
  example: { lead_ids: someLeads, reason: 'The campaign is over' },
  answer: several,
  refuses: [404, 409],
})

export const reassignSeveralRoute = endpoint({
  method: 'post',
  path: '/queue/reassign',
  id: 'reassignLeads',
  tag,
  summary: 'Send several waiting leads to another buyer',
  description:
    'Up to 200, to the step of this id in the flow of each. A lead whose flow has no such step, or whose buyer has it or may have it, is passed over.',
  body: ReassignSeveralBody,
  example: { lead_ids: someLeads, step_id: 'coastal' },
  answer: several,
  refuses: [404, 409],
})

const given = {
  ...whose,
  step_id: 'premium',
  name: 'Premium Insurance Buyer',
  cause: 'failed',
  reason: 'The buyer answered 503 Service Unavailable',
  ended_at: sample.at,
}
const replayed = {
  status: 200,
  description: 'They are taken up in a moment, oldest first.',
  schema: ReplayReportShape,
  example: { done: 1, passed_over: [], left: false },
} as const

export const listDeadLettersRoute = endpoint({
  method: 'get',
  path: '/dead-letters',
  id: 'listDeadLetters',
  tag,
  summary: 'List leads that were given up',
  description:
    'Leads that ended because deliveries failed and no try was left (`failed`), or that waited for seven days (`expired`), newest first, with the last reason. `from` and `to` are about when they were given up. Leads that buyers refused are none of them.',
  query: DeadLetterQuery,
  answer: {
    status: 200,
    description: 'A page of leads that were given up.',
    schema: listOf(DeadLetterShape),
    example: { data: [given], next_cursor: null },
  },
})

export const replayOneRoute = endpoint({
  method: 'post',
  path: '/dead-letters/{lead_id}/replay',
  id: 'replayLead',
  tag,
  summary: 'Replay a lead',
  description:
    'Tries a lead again by the steps that failed, as its flow is published now: a new run with attempts and event ids of its own. It goes once: 409 when somebody has replayed it. Buyers that have the lead, or may have it, do not get it again.',
  params: LeadIdParam,
  answer: replayed,
  refuses: [409],
})

export const replayRoute = endpoint({
  method: 'post',
  path: '/dead-letters/replay',
  id: 'replayLeads',
  tag,
  summary: 'Replay several leads',
  description:
    'Up to 200 by `lead_ids`, or a range: all of `flow_id`, all that were given up between `from` and `to`, or both. Of a range at most 1,000 go at once, oldest first; `left` says that there are more.',
  body: ReplayBody,
  example: { flow_id: sample.flowId, from: '2026-01-15T00:00:00Z', to: '2026-01-16T00:00:00Z' },
  answer: { ...replayed, example: { done: 212, passed_over: [], left: false } },
  refuses: [404, 409],
})

export const listUndecidedRoute = endpoint({
  method: 'get',
  path: '/undecided',
  id: 'listUndecidedAttempts',
  tag,
  summary: 'List attempts that need a decision',
  description:
    'Attempts that ended without a usable answer, oldest first: the buyer may have the lead. Ask it by the event id, then say what became of it. `price` is what it would pay.',
  query: UndecidedQuery,
  answer: {
    status: 200,
    description: 'A page of attempts.',
    schema: listOf(UndecidedShape),
    example: {
      data: [
        {
          event_id: sample.eventId,
          ...whose,
          step_id: 'premium',
          name: 'Premium Insurance Buyer',
          recipient: 'Premium Insurance Buyer',
          reason: 'The buyer closed the connection without an answer',
          price: 45,
          attempted_at: sample.at,
        },
      ],
      next_cursor: null,
    },
  },
})

export const decideRoute = endpoint({
  method: 'post',
  path: '/undecided/{event_id}/decide',
  id: 'decideAttempt',
  tag,
  summary: 'Decide an attempt',
  description:
    'Accepted: it is charged at `price` (what the buyer would pay unless said) and keeps its places in caps. Not accepted: it gives them back. The lead, what its source is paid and the statistics follow, for both sides. Each attempt is decided once.',
  params: EventIdParam,
  body: DecideBody,
  example: { accepted: true, price: 45 },
  answer: {
    status: 200,
    description: 'Decided.',
    schema: DecidedShape,
    example: { event_id: sample.eventId, lead_id: sample.leadId, accepted: true, price: 45 },
  },
  refuses: [409],
})
