import { z } from 'zod'
import { Acceptance, Mapping, Price } from './common'
import { Caps } from './selling'

/** What a source adds to its flow: its own criteria, price, inbound names and answer. */
export const SourceSettings = z.strictObject({
  acceptance: Acceptance.optional(),
  price: Price.optional(),
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
  rate_limit_per_minute: z.int().min(0).max(1_000_000).default(0),
})
export type SourceSettings = z.infer<typeof SourceSettings>
