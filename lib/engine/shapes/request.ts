import { z } from 'zod'
import { Rule } from './rules'

const Template = z.union([z.string().max(4000), z.number(), z.boolean()])
const Mappings = z.record(z.string().min(1).max(200), Template)

export const Request = z.strictObject({
  format: z.literal('json').default('json'),
  mappings: Mappings,
  conditional_mappings: z
    .array(z.strictObject({ condition: Rule, mappings: Mappings }))
    .max(50)
    .optional(),
})
