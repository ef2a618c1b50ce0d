import { z } from '@hono/zod-openapi'
import type { AuditEntry } from '../../../audit/index'
import { type EventDetail, EventFilters, type EventItem, eventTypes, type PingDetail } from '../../../events/schema'
import { type Considered, type LeadDetail, LeadFilters, type LeadItem } from '../../../leads/schema'
import { type TestRun, TestRunInput, type TestStep } from '../../../runs/schema'
import { onWire } from '../wire'
import {
  AmountShape,
  named,
  ProblemInDocument,
  RecordedMailShape,
  RecordedRequestShape,
  RecordedResponseShape,
  strictFilters,
  TimeShape,
  TraceShape,
  UuidShape,
} from './common'
import { writeProblem } from './flows'

const Side = z.enum(['seller', 'buyer'])
const cursor = z.uuid().optional()
export const EventQuery = strictFilters(EventFilters).extend({ side: Side.optional(), cursor })
export const LeadQuery = strictFilters(LeadFilters).extend({ side: Side.optional(), cursor })
export const AuditQuery = z.strictObject({ cursor })

const event = {
  id: UuidShape,
  lead_id: UuidShape,
  type: z.enum(eventTypes),
  outcome: z.string(),
  reason: z.string().optional(),
  is_test: z.boolean(),
  name: z.string(),
  recipient: z.string().optional(),
  flow_id: UuidShape.optional(),
  flow_name: z.string().optional(),
  step_id: z.string().optional(),
  connection_id: UuidShape.optional(),
  started_at: TimeShape,
  duration_ms: z.number(),
  ended_at: TimeShape,
  price: AmountShape.optional(),
  status_code: z.number().int().optional(),
  buyer_lead_id: z.string().optional(),
  lead_label: z.string().optional(),
  ping_id: UuidShape.optional(),
}
export const EventItemShape = named('EventItem', z.strictObject(event))

const LeadDataShape = named(
  'LeadData',
  z.record(
    z.string(),
    z.object({
      type: z.string(),
      value: z.unknown(),
      raw: z.unknown().optional(),
      invalid: z.literal(true).optional(),
      was: z.unknown().optional(),
    }),
  ),
)

const MailState = z.enum(['queued', 'sent', 'failed'])

export const EventShape = named(
  'Event',
  z.strictObject({
    ...event,
    trace: z.array(TraceShape),
    steps: z.number().int().optional(),
    alert: z.string().optional(),
    notice: z
      .strictObject({
        state: z.enum(['waiting', 'sent', 'failed']),
        tries: z.number().int(),
        at: TimeShape,
        status: z.number().int().optional(),
        message: z.string(),
      })
      .optional()
      .openapi({ description: 'What the webhook of the source was told of the end, where the result was pending.' }),
    timings: z.record(z.string(), z.number()).optional(),
    sizes: z.strictObject({ sent_bytes: z.number().int(), received_bytes: z.number().int() }).optional(),
    reused_socket: z.boolean().optional(),
    sent_fields: z.array(z.string()).optional(),
    batch: z.strictObject({ id: UuidShape, size: z.int(), position: z.int() }).optional(),
    captured: z.record(z.string(), z.unknown()).optional(),
    request: RecordedRequestShape.optional(),
    response: RecordedResponseShape.optional(),
    mails: z
      .array(z.strictObject({ ...RecordedMailShape.shape, state: MailState.optional(), error: z.string().optional() }))
      .optional(),
    mail_state: MailState.optional(),
    curl: z.string().optional(),
    configured_by_buyer: z.boolean().optional(),
    feedback: z
      .strictObject({ type: z.string(), reason: z.string().optional(), fields: z.record(z.string(), z.unknown()) })
      .optional(),
    about_event_id: UuidShape.optional(),
    lead_data: LeadDataShape,
  }),
)

export const PingShape = named(
  'Ping',
  z.strictObject({
    id: UuidShape,
    outcome: z.string(),
    reason: z.string().optional(),
    is_test: z.boolean(),
    flow_id: UuidShape.optional(),
    flow_name: z.string().optional(),
    source_name: z.string(),
    received_at: TimeShape,
    duration_ms: z.number(),
    price: AmountShape.optional(),
    expires_at: TimeShape.optional(),
    lead_id: UuidShape.optional().describe('The lead that the bid was used for.'),
    fields: z.array(z.string()),
    trace: z.array(TraceShape),
    pings: z.array(EventShape),
  }),
)

const lead = {
  id: UuidShape,
  side: Side,
  label: z.string(),
  email: z.string().optional(),
  phone: z.string().optional(),
  place: z.string().optional(),
  status: z.enum(['processing', 'pending', 'final']),
  outcome: z.enum(['success', 'failure', 'error']).optional(),
  reason: z.string().optional(),
  is_test: z.boolean(),
  flow_id: UuidShape.optional(),
  flow_name: z.string().optional(),
  source_name: z.string().optional(),
  partner_name: z.string().optional(),
  price: AmountShape,
  revenue: AmountShape.optional(),
  received_at: TimeShape,
  completed_at: TimeShape.optional(),
}
export const LeadItemShape = named('LeadItem', z.strictObject(lead))

export const consideredFields = {
  step_id: z.string().optional(),
  name: z.string(),
  outcome: z.string().openapi({ description: 'As of events; `queued` where the lead waits for the buyer.' }),
  reason: z.string().optional(),
  place: z
    .string()
    .optional()
    .openapi({ description: 'Why it came when it came: “Priority 2”, “Its turn, weight 70”.' }),
  within: z
    .strictObject({ step_id: z.string(), name: z.string() })
    .optional()
    .openapi({ description: 'The distribution that it is in.' }),
  via: z.enum(['overflow', 'alternate', 'remediation', 'failover', 'reassigned']).optional(),
  instead_of: z.string().optional(),
  tries: z.number().int().optional(),
  waits_until: TimeShape.optional(),
  price: AmountShape.optional(),
  buyer_lead_id: z.string().optional(),
  event_id: UuidShape.optional(),
  trace: z.array(TraceShape),
}
const ConsideredShape = named('ConsideredBuyer', z.strictObject(consideredFields))

export function writeConsidered<Buyer extends Considered>({ within, ...buyer }: Buyer) {
  return { ...onWire(buyer), ...(within && { within: onWire(within) }) }
}

export const LeadShape = named(
  'Lead',
  z.strictObject({
    ...lead,
    data: LeadDataShape,
    submission: z.strictObject({ ip: z.string().optional(), user_agent: z.string().optional() }).optional(),
    flow_version: z.number().int().optional(),
    events: z.array(EventShape),
    considered: z.array(ConsideredShape),
  }),
)

export const AuditShape = named(
  'AuditEntry',
  z.strictObject({
    id: UuidShape,
    at: TimeShape,
    via: z.enum(['session', 'api-key', 'system']),
    who: z.strictObject({ id: UuidShape, name: z.string() }).optional(),
    action: z.string(),
    subject_kind: z.string(),
    subject_id: z.string(),
    before: z.unknown().optional(),
    after: z.unknown().optional(),
  }),
)

export const TestRunBody = named(
  'TestRun',
  z.strictObject({
    lead: TestRunInput.shape.lead,
    dry_run: TestRunInput.shape.dryRun,
    step_id: TestRunInput.shape.stepId.describe('Tries only this step, whatever its switch says.'),
  }),
)

export const TestResultShape = named(
  'TestResult',
  z.strictObject({
    lead_id: UuidShape.optional(),
    outcome: z.enum(['success', 'failure', 'error']),
    status: z.literal('pending').optional(),
    reason: z.string().optional(),
    price: AmountShape,
    revenue: AmountShape,
    trace: z.array(TraceShape),
    steps: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        type: z.enum([
          'filter',
          'buyer',
          'mapping',
          'lookup',
          'duplicate_check',
          'suppression',
          'distribution',
          'ping',
        ]),
        outcome: z.string(),
        reason: z.string().optional(),
        duration_ms: z.number(),
        trace: z.array(TraceShape),
        recipient: z.string().optional(),
        event_id: z.string().optional(),
        request: RecordedRequestShape.optional(),
        response: RecordedResponseShape.optional(),
        mails: z.array(RecordedMailShape).optional(),
        configured_by_buyer: z.boolean().optional(),
      }),
    ),
    problems: z.array(ProblemInDocument),
  }),
)

export const writeEventItem = (item: EventItem): z.infer<typeof EventItemShape> => onWire(item)

export function writeEvent({ timings, sizes, ...detail }: EventDetail): z.infer<typeof EventShape> {
  return {
    ...onWire(detail),
    ...(timings && { timings: onWire(timings) as Record<string, number> }),
    ...(sizes && { sizes: onWire(sizes) }),
  }
}

export const writePing = ({ pings, ...ping }: PingDetail): z.infer<typeof PingShape> => ({
  ...onWire(ping),
  pings: pings.map(writeEvent),
})

export const writeLeadItem = (item: LeadItem): z.infer<typeof LeadItemShape> => onWire(item)

export function writeLead({ submission, ...detail }: LeadDetail): z.infer<typeof LeadShape> {
  return {
    ...onWire(detail),
    ...(submission && { submission: onWire(submission) }),
    events: detail.events.map(writeEvent),
    considered: detail.considered.map(writeConsidered),
  }
}

export const writeAudit = (entry: AuditEntry): z.infer<typeof AuditShape> => ({
  ...onWire(entry),
  at: entry.at.toISOString(),
})

const writeTestStep = (step: TestStep) => onWire(step)
export const writeTestRun = (run: TestRun): z.infer<typeof TestResultShape> => ({
  ...onWire(run),
  steps: run.steps.map(writeTestStep),
  problems: run.problems.map(writeProblem),
})
