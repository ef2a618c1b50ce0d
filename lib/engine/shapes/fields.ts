import { z } from 'zod'

/** Types a field may have; `fields/parse-field.ts` says what each makes of a value. */
export const fieldTypes = [
  'string',
  'email',
  'phone',
  'first_name',
  'last_name',
  'full_name',
  'street',
  'city',
  'state',
  'postal_code',
  'country',
  'number',
  'currency',
  'range',
  'boolean',
  'date',
  'dob',
  'time',
  'gender',
  'ip',
  'url',
  'trustedform_url',
  'ssn',
  'credential',
  'credit_card',
] as const
export type FieldType = (typeof fieldTypes)[number]

/** Types whose values are stored sealed and shown as stars. A credit card is not among them: only 4 digits are kept. */
export const maskedTypes: ReadonlySet<FieldType> = new Set<FieldType>(['ssn', 'credential'])

export const FieldName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/i, 'Use letters, digits and underscores, with dots between parts.')
  .max(100)

export const Field = z.strictObject({
  name: FieldName,
  type: z.enum(fieldTypes),
  label: z.string().max(100).optional(),
  required: z.boolean().optional(),
  /** A value that is not valid refuses the lead. */
  strict: z.boolean().optional(),
})
