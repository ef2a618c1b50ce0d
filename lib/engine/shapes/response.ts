import { z } from 'zod'

export const Parser = z.strictObject({
  type: z.literal('json').default('json'),
  success_path: z.string().max(200).optional(),
  success_value: z.union([z.string().max(200), z.number(), z.boolean()]).optional(),
  id_path: z.string().max(200).optional(),
  price_path: z.string().max(200).optional(),
  reason_path: z.string().max(200).optional(),
})

export const ResponseSpec = z.strictObject({
  success_codes: z.array(z.int().min(100).max(599)).max(50).default([200, 201, 202, 204]),
  error_codes: z.array(z.int().min(100).max(599)).max(50).optional(),
  parser: Parser.optional(),
})
