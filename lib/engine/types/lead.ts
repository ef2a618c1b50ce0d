import type { FieldType } from '../schema'

/** A submission as parsed: nested objects, arrays and scalars, before names are mapped and values typed. */
export type Nested = { [key: string]: NestedValue }
export type NestedValue = string | number | boolean | null | NestedValue[] | Nested

/** A value with its type: as it came, in normal form, whether the format is valid, and the type's components beside. */
export type FieldValue = {
  type: FieldType
  raw: unknown
  normal: unknown
  valid: boolean
  [component: string]: unknown
}

/** A lead's fields by dotted name ("mortgage.loan.amount"). */
export type TypedLead = Record<string, FieldValue>

/** A field as kept in the log: components are left out (they follow from `raw`), masked types hold no clear text. */
export type PackedValue = {
  type: FieldType
  value: unknown
  raw?: unknown
  invalid?: true
  sealed?: string
  /** Where the lead is from (ISO 3166), when its components can't be told without it. */
  country?: string
  /** What the field was when the lead came in, where a step has set it since; null when it was not there. */
  was?: unknown
}
export type PackedLead = Record<string, PackedValue>

/** A value of the lead in the form that it is compared in, and how people call its field. */
export type ComparedValue = { field: string; label: string; value: string }

/** By what a lead is found again: contacts by person, other fields that a duplicate check compares by name. */
export type LeadKey = { kind: 'email' | 'phone' | `field:${string}`; value: string }
