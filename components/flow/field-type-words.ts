import { type FieldType, fieldTypes } from '@/lib/engine/schema'

const words: Partial<Record<FieldType, string>> = {
  string: 'text',
  ip: 'IP address',
  url: 'URL',
  dob: 'date of birth',
  ssn: 'social security number',
  trustedform_url: 'TrustedForm URL',
}

/** What people call a type: "postal code". */
export const typeWords = (type: FieldType): string => words[type] ?? type.replaceAll('_', ' ')

/** All types to choose from, in the order in which people need them. */
export const typeChoices = fieldTypes.map((type) => ({ value: type, label: typeWords(type) }))
