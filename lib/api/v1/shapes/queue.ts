import { z } from '@hono/zod-openapi'
import {
  type AttemptDecision,
  type DeadLetter,
  DeadLetterFilters,
  DecideInput,
  DropInput,
  endCauses,
  mostCounted,
  type QueueCounts,
  QueueFilters,
  type QueueItem,
  type QueueReport,
  ReassignInput,
  ReleaseInput,
  ReplayInput,
  type ReplayReport,
  type UndecidedAttempt,
  UndecidedFilters,
  waitCauses,
} from '../../../queue/schema'
import { onWire } from '../wire'
import { AmountShape, named, strictFilters, TimeShape, UuidShape } from './common'

export const LeadIdParam = z.object({ lead_id: z.uuid() })
export const QueueQuery = strictFilters(QueueFilters)
export const DeadLetterQuery = strictFilters(DeadLetterFilters)
export const UndecidedQuery = strictFilters(UndecidedFilters)
export const EventIdParam = z.object({ event_id: z.uuid() })
const { accepted, price } = DecideInput.shape
export const DecideBody = named('AttemptDecision', z.strictObject({ accepted, price }))
export const DropBody = named('QueueDrop', z.strictObject({ reason: DropInput.shape.reason }))
export const ReassignBody = named('QueueReassignment', z.strictObject({ step_id: ReassignInput.shape.stepId }))
const several = { lead_ids: ReleaseInput.shape.leadIds }
export const ReleaseSeveralBody = named('QueueReleases', z.strictObject(several))
export const DropSeveralBody = named('QueueDrops', z.strictObject({ ...several, reason: DropInput.shape.reason }))
export const ReassignSeveralBody = named(
  'QueueReassignments',
  z.strictObject({ ...several, step_id: ReassignInput.shape.stepId }),
)

const whoseLead = {
  lead_id: UuidShape,
  label: z.string(),
  email: z.string().optional(),
  phone: z.string().optional(),
  is_test: z.boolean(),
  flow_id: UuidShape,
  flow_name: z.string().optional(),
  source_id: UuidShape,
  source_name: z.string().optional(),
  received_at: TimeShape.optional(),
}
export const QueueItemShape = named(
  'QueuedLead',
  z.strictObject({
    ...whoseLead,
    step_id: z.string(),
    name: z.string(),
    recipient: z.string().optional(),
    cause: z.enum(waitCauses).optional(),
    reason: z.string(),
    batch_count: z.int().optional(),
    held_at: TimeShape,
    due_at: TimeShape,
    wish: z.enum(['release', 'drop', 'reassign', 'replay']).optional(),
  }),
)
export const QueueReportShape = named(
  'QueueReport',
  z.strictObject({
    done: z.number().int(),
    passed_over: z.array(z.strictObject({ lead_id: UuidShape, reason: z.string() })),
  }),
)

const count = z.number().int().min(0).max(mostCounted)
export const QueueCountsShape = named(
  'QueueCounts',
  z.strictObject({ waiting: count, given_up: count, decisions: count }),
)

const { leadIds, flowId, from, to } = ReplayInput.shape
export const ReplayBody = named('Replay', z.strictObject({ lead_ids: leadIds, flow_id: flowId, from, to }))
export const DeadLetterShape = named(
  'DeadLetter',
  z.strictObject({
    ...whoseLead,
    step_id: z.string(),
    name: z.string(),
    cause: z.enum(endCauses),
    reason: z.string(),
    ended_at: TimeShape,
  }),
)
export const ReplayReportShape = named('ReplayReport', z.strictObject({ ...QueueReportShape.shape, left: z.boolean() }))

export const UndecidedShape = named(
  'UndecidedAttempt',
  z.strictObject({
    event_id: UuidShape,
    ...whoseLead,
    step_id: z.string(),
    name: z.string(),
    recipient: z.string(),
    reason: z.string().optional(),
    price: AmountShape,
    attempted_at: TimeShape,
  }),
)
export const DecidedShape = named(
  'DecidedAttempt',
  z.strictObject({ event_id: UuidShape, lead_id: UuidShape, accepted: z.boolean(), price: AmountShape }),
)

export const writeQueueItem = (item: QueueItem): z.infer<typeof QueueItemShape> => onWire(item)
export const writeQueueCounts = (counts: QueueCounts): z.infer<typeof QueueCountsShape> => onWire(counts)
export const writeQueueReport = (report: QueueReport): z.infer<typeof QueueReportShape> => ({
  done: report.done,
  passed_over: report.passedOver.map((one) => onWire(one)),
})
export const writeDeadLetter = (lead: DeadLetter): z.infer<typeof DeadLetterShape> => onWire(lead)
export const writeReplayReport = ({ left, ...report }: ReplayReport): z.infer<typeof ReplayReportShape> => ({
  ...writeQueueReport(report),
  left,
})
export const writeUndecided = (attempt: UndecidedAttempt): z.infer<typeof UndecidedShape> => onWire(attempt)
export const writeDecided = (decided: AttemptDecision): z.infer<typeof DecidedShape> => onWire(decided)
