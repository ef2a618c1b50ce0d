import { z } from 'zod'
import { Field, type FieldType, fieldTypes } from '../engine/schema'

const name = Field.shape.name.regex(/^[a-z0-9_.]+$/, 'Write names in lower case.')
const label = z.string().trim().min(1, 'Give the field a label.').max(100, 'Use at most 100 characters.')
const description = z.string().trim().max(500, 'Use at most 500 characters.')

export const CreateFieldInput = z.strictObject({
  name,
  type: z.enum(fieldTypes),
  label,
  description: description.default(''),
})
/** The name stays: flows and sources know the field by it. */
export const UpdateFieldInput = z.strictObject({
  name,
  type: z.enum(fieldTypes).optional(),
  label: label.optional(),
  description: description.optional(),
})
export const FieldNameInput = z.strictObject({ name: z.string().max(100) })

/** A standard field, or one of the account's own. */
export type FieldView = {
  name: string
  type: FieldType
  label: string
  group: string
  example?: string | number | boolean
  /** Other names it goes by. */
  aliases: readonly string[]
  custom: boolean
  description?: string
}

/** One of the account's own, and the flows whose draft holds a field of its name. */
export type CustomFieldView = {
  name: string
  type: FieldType
  label: string
  description: string
  flows: { id: string; name: string }[]
  createdAt: string
}
