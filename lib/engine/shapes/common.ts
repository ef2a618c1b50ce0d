import { z } from 'zod'
import { FieldName } from './fields'
import { Rule } from './rules'

export const Mapping = z.strictObject({ from: z.string().min(1).max(200), to: FieldName })
export const Acceptance = z.strictObject({ rule: Rule, reason: z.string().max(500).default('') })
export const Price = z.strictObject({ cost: z.number().min(0).max(1_000_000) })
/** ISO 3166-1 alpha-2. */
export const CountryCode = z.string().regex(/^[A-Z]{2}$/, 'Give the two letters of ISO 3166, like US or GB.')
