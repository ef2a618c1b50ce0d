import { z } from 'zod'

const Scalar = z.union([z.string().max(500), z.number(), z.boolean()])

export const phoneFormats = ['digits', 'e164', 'national', 'international', 'dashes', 'dots', 'rfc3966'] as const
export const hashAlgorithms = ['md5', 'sha1', 'sha256', 'sha512'] as const

/** One change of a mapped value. Several are applied in their order; a list is changed element by element. */
export const Transform = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('date'),
    format: z.string().min(1, 'Write a format, like %m/%d/%Y.').max(200),
    time_zone: z.string().max(60).optional(),
  }),
  z.strictObject({ type: z.literal('add_days'), days: z.int().min(-100_000).max(100_000) }),
  z.strictObject({ type: z.literal('phone'), format: z.enum(phoneFormats) }),
  z.strictObject({ type: z.literal('case'), to: z.enum(['upper', 'lower', 'title', 'sentence']) }),
  z.strictObject({ type: z.literal('trim') }),
  z.strictObject({ type: z.literal('ascii') }),
  z.strictObject({ type: z.literal('digits') }),
  z.strictObject({ type: z.literal('text') }),
  /** Letter case aside. What the table lacks becomes `otherwise`, or stays as it is without one. */
  z.strictObject({
    type: z.literal('lookup'),
    table: z.record(z.string().max(500), Scalar),
    otherwise: Scalar.optional(),
  }),
  z.strictObject({
    type: z.literal('hash'),
    algorithm: z.enum(hashAlgorithms),
    /** Text, or a template like {{secret.SALT}}. */
    salt: z.string().max(500).optional(),
    salt_position: z.enum(['before', 'after']).optional(),
    encoding: z.enum(['hex', 'base64']).optional(),
  }),
  /** With `decimals` or `thousands` it makes text ("1,234.50"), else a number. */
  z.strictObject({
    type: z.literal('number'),
    decimals: z.int().min(0).max(10).optional(),
    thousands: z.string().max(1).optional(),
    decimal_mark: z.string().length(1).optional(),
  }),
  z.strictObject({ type: z.literal('round'), places: z.int().min(0).max(10).optional() }),
  z.strictObject({
    type: z.literal('math'),
    operator: z.enum(['plus', 'minus', 'times', 'divided_by']),
    by: z.number(),
  }),
  z.strictObject({ type: z.literal('boolean'), yes: Scalar, no: Scalar }),
  z.strictObject({
    type: z.literal('replace'),
    search: z.string().min(1, 'Write what to look for.').max(500),
    with: z.string().max(500),
    /** `search` is a pattern in RE2 syntax, and $1 in `with` its first group. */
    pattern: z.boolean().optional(),
  }),
  /** The first group of a pattern, or all that it matches. */
  z.strictObject({ type: z.literal('extract'), pattern: z.string().min(1, 'Write a pattern.').max(500) }),
  /** `start` counts from 1; from the end when it is negative. */
  z.strictObject({
    type: z.literal('substring'),
    start: z.int().min(-10_000).max(10_000),
    length: z.int().min(1).max(10_000).optional(),
  }),
  z.strictObject({ type: z.literal('mask'), keep: z.int().min(0).max(100).optional() }),
  z.strictObject({ type: z.literal('prepend'), text: z.string().max(500) }),
  z.strictObject({ type: z.literal('append'), text: z.string().max(500) }),
  z.strictObject({ type: z.literal('split'), separator: z.string().min(1).max(20) }),
  z.strictObject({ type: z.literal('join'), separator: z.string().max(20) }),
  z.strictObject({ type: z.literal('default'), value: Scalar }),
])
export type Transform = z.infer<typeof Transform>
