import { z } from 'zod'
import { HttpUrl } from './auth'
import { Acceptance, Mapping, Price } from './common'
import { Caps } from './selling'

const SourceWebhook = z.strictObject({ url: HttpUrl })

/** What a source adds to its flow: its own criteria, price, inbound names and answer. */
/** How long a bid is honoured unless its source says otherwise. */
export const usualBidSeconds = 120

/** Whether a source may ask for a bid before it submits, and what it is bid. */
const Pings = z.strictObject({
  allowed: z.boolean().default(true),
  /** What the seller keeps of what the buyers pay; the rest is the bid. Without it the bid is the source's price. */
  margin_percent: z.number().min(0).max(100).optional(),
  /** How long a bid is honoured. */
  valid_seconds: z.int().min(5).max(86_400).default(usualBidSeconds),
})

export const SourceSettings = z.strictObject({
  /** The introducer that its leads are bought from. */
  partner_id: z.uuid().optional(),
  acceptance: Acceptance.optional(),
  price: Price.optional(),
  pings: Pings.optional(),
  /** At the most so many leads of this source are sold. */
  caps: Caps.optional(),
  mappings: z.array(Mapping).max(500).default([]),
  response_fields: z
    .array(
      z
        .string()
        .regex(
          /^(outcome|reason|price|lead\.[a-z0-9_.]+|appended\.[a-z0-9_]+\.[a-z0-9_]+)$/i,
          'Use outcome, reason, price, lead.id, lead.<field> or appended.<step>.<name>.',
        ),
    )
    .max(50)
    .optional(),
  cors_origins: z.array(z.string().max(200)).max(50).default([]),
  /** Told the end of a lead whose result was pending. */
  webhook: SourceWebhook.optional(),
  rate_limit_per_minute: z.int().min(0).max(1_000_000).default(0),
})
export type SourceSettings = z.infer<typeof SourceSettings>
