import { z } from 'zod'
import type {
  Captured,
  InBatch,
  PackedLead,
  RecordedMail,
  RecordedRequest,
  RecordedResponse,
  TraceEntry,
} from '../engine/index'

export const eventTypes = [
  'source',
  'filter',
  'mapping',
  'lookup',
  'duplicate_check',
  'suppression',
  'distribution',
  'ping',
  'queue',
  'delivery',
  'feedback',
] as const
export const eventOutcomes = [
  'success',
  'failure',
  'error',
  'pending',
  'accepted',
  'rejected',
  'unknown',
  'skipped',
  'continue',
  'stop',
  'sold',
  'unsold',
  'held',
  'bid',
  'no_bid',
  'released',
  'reassigned',
  'dropped',
  'replayed',
  'decided',
] as const

const optionalText = z.string().trim().min(1).max(200).optional().catch(undefined)

/** Filters of the event list, as they stand in the URL of the page and of the API. `q` is an email, a phone or an id. */
export const EventFilters = z.object({
  type: z.enum(eventTypes).optional().catch(undefined),
  outcome: z.enum(eventOutcomes).optional().catch(undefined),
  flow_id: z.uuid().optional().catch(undefined),
  source_id: z.uuid().optional().catch(undefined),
  step_id: optionalText,
  connection_id: z.uuid().optional().catch(undefined),
  is_test: z.enum(['true', 'false']).optional().catch(undefined),
  from: z.iso.datetime({ offset: true }).optional().catch(undefined),
  to: z.iso.datetime({ offset: true }).optional().catch(undefined),
  q: optionalText,
  cursor: optionalText,
  limit: z.coerce.number().int().min(1).max(200).optional().catch(undefined),
})
export type EventFilters = z.infer<typeof EventFilters>

/** One event in a list. `name` is the source, filter, buyer step or (for a buyer) the seller it is about. Times are ISO 8601. */
export type EventItem = {
  id: string
  leadId: string
  type: (typeof eventTypes)[number]
  outcome: string
  reason?: string
  isTest: boolean
  name: string
  recipient?: string
  flowId?: string
  flowName?: string
  stepId?: string
  connectionId?: string
  startedAt: string
  durationMs: number
  endedAt: string
  priceCents?: number
  statusCode?: number
  buyerLeadId?: string
  /** Who the lead is, for a person: name or email or phone. */
  leadLabel?: string
  /** The ping that it belongs to, where there is no lead yet; of a source's answer, the ping whose bid was honoured. */
  pingId?: string
}
export type EventPage = { data: EventItem[]; nextCursor?: string }

/** Where a mail stands: waiting to be sent or tried again, taken by the mail server, or given up after a day. */
export type MailState = 'queued' | 'sent' | 'failed'
/** A mail of a delivery. `error` is what the mail server said last. */
export type EventMail = RecordedMail & { state?: MailState; error?: string }

/** What the source's webhook was told of the end of a lead that was pending. `message` is how the last try went. */
export type SourceNotice = {
  state: 'waiting' | 'sent' | 'failed'
  tries: number
  at: string
  status?: number
  message: string
}

/** One event with all that its viewer may see. Without `request`, either nothing was sent or the buyer configured it. */
export type EventDetail = EventItem & {
  trace: TraceEntry[]
  /** Steps that were processed; on the event of a source. */
  steps?: number
  alert?: string
  /** On the event of a source. */
  notice?: SourceNotice
  timings?: Record<string, number>
  /** Bytes of the bodies that were sent and came back. */
  sizes?: { sentBytes: number; receivedBytes: number }
  reusedSocket?: boolean
  /** Names of the fields that were sent. */
  sentFields?: string[]
  /** The request that it shared with other leads: its id, of how many leads, and the place in it, from 1. */
  batch?: InBatch
  /** Values that were taken from the answer, by name; for who configured it. */
  captured?: Record<string, Captured>
  request?: RecordedRequest
  response?: RecordedResponse
  /** Mails of this delivery that the viewer's side wrote. */
  mails?: EventMail[]
  /** Where the delivery itself stands, when it is a mail. */
  mailState?: MailState
  /** The request as a shell command, credentials left out. */
  curl?: string
  /** The buyer set this delivery up: a seller sees what was shared and what came of it. */
  configuredByBuyer?: boolean
  feedback?: { type: string; reason?: string; fields: Record<string, unknown> }
  aboutEventId?: string
  leadData: PackedLead
}

/** A source's ping: what it was bid and why, what buyers said, and the lead that the bid was used for. */
export type PingDetail = {
  id: string
  outcome: string
  reason?: string
  isTest: boolean
  flowId?: string
  flowName?: string
  sourceName: string
  receivedAt: string
  durationMs: number
  /** What the source is paid for the lead. */
  priceCents?: number
  /** Until when the bid is honoured; absent where there is none, or it was forgotten. */
  expiresAt?: string
  leadId?: string
  /** Names of the fields that were told. */
  fields: string[]
  trace: TraceEntry[]
  pings: EventDetail[]
}
