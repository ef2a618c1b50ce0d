import { z } from 'zod'
import { Acceptance, CountryCode, Mapping, Price } from './common'
import { Field } from './fields'
import { Caps } from './selling'
import { Step } from './steps'

/** The flow document of `api.md` §4: one shape for editor, API, export and version. */
export const FlowDocument = z.strictObject({
  fields: z.array(Field).max(500).default([]),
  /** Where leads are from that don't say so themselves; the United States without it. */
  country: CountryCode.optional(),
  mappings: z.array(Mapping).max(500).default([]),
  acceptance: Acceptance.optional(),
  price: Price.optional(),
  /** At the most so many leads of this flow are sold. */
  caps: Caps.optional(),
  succeed_when: z.enum(['any_accepted', 'all_accepted', 'always']).default('any_accepted'),
  steps: z.array(Step).max(200).default([]),
  feedback: z
    .strictObject({
      return: z
        .strictObject({
          allowed: z.boolean().default(true),
          within_days: z.int().min(0).max(400).default(7),
          reasons: z.array(z.string().min(1).max(200)).max(100).default([]),
          reason_required: z.boolean().default(false),
        })
        .default({ allowed: true, within_days: 7, reasons: [], reason_required: false }),
      conversion: z.strictObject({ allowed: z.boolean().default(true) }).default({ allowed: true }),
    })
    .default({
      return: { allowed: true, within_days: 7, reasons: [], reason_required: false },
      conversion: { allowed: true },
    }),
})
export type FlowDocument = z.infer<typeof FlowDocument>
export type FlowDocumentInput = z.input<typeof FlowDocument>
