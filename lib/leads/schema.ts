import { z } from 'zod'
import type { PackedLead, WhyRow } from '../engine/index'
import type { EventDetail } from '../events/schema'

const optionalText = z.string().trim().min(1).max(200).optional().catch(undefined)

/** Filters of the lead list. `q` is an email, a phone or a lead id. */
export const LeadFilters = z.object({
  q: optionalText,
  outcome: z.enum(['success', 'failure', 'error', 'pending', 'processing']).optional().catch(undefined),
  flow_id: z.uuid().optional().catch(undefined),
  source_id: z.uuid().optional().catch(undefined),
  connection_id: z.uuid().optional().catch(undefined),
  is_test: z.enum(['true', 'false']).optional().catch(undefined),
  from: z.iso.datetime({ offset: true }).optional().catch(undefined),
  to: z.iso.datetime({ offset: true }).optional().catch(undefined),
  cursor: optionalText,
  limit: z.coerce.number().int().min(1).max(200).optional().catch(undefined),
})
export type LeadFilters = z.infer<typeof LeadFilters>

export type LeadItem = {
  id: string
  side: 'seller' | 'buyer'
  /** First and last name, else email, else phone, else empty. */
  label: string
  email?: string
  phone?: string
  place?: string
  status: 'processing' | 'pending' | 'final'
  outcome?: 'success' | 'failure' | 'error'
  reason?: string
  isTest: boolean
  flowId?: string
  flowName?: string
  sourceName?: string
  /** The other side of the connection, on a buyer's lead: the seller. */
  partnerName?: string
  /** Seller: what the source is paid. Buyer: what the buyer pays. */
  priceCents: number
  /** Seller only: what the buyers pay. */
  revenueCents?: number
  receivedAt: string
  completedAt?: string
}
export type LeadPage = { data: LeadItem[]; nextCursor?: string }

/** One buyer that was considered, and how it ended. A buyer's own line names no step. */
export type Considered = Omit<WhyRow, 'stepId'> & { stepId?: string }

/** The whole truth of one lead: its data, all its events in order, and who could have got it (a buyer: itself). */
export type LeadDetail = LeadItem & {
  data: PackedLead
  submission?: { ip?: string; userAgent?: string }
  flowVersion?: number
  events: EventDetail[]
  considered: Considered[]
}
