import type { FieldValue, LeadKey, TypedLead } from '../types'
import { isBlank } from './value'

export type ContactKey = { kind: 'email' | 'phone'; value: string }

/** A company's phone or an agent's mail is no key: many people share it. */
const fields = [
  'email',
  'email_2',
  'phone_1',
  'phone_2',
  'phone_3',
  'phone',
  'mobile_phone',
  'cell_phone',
  'home_phone',
] as const

/**
 * By what a person is recognised again: valid emails in lower case and valid phone numbers with their country code
 * ("15127881111"), without extension, each once. Masked numbers are left out.
 */
export function contactKeys(lead: TypedLead): ContactKey[] {
  const keys: ContactKey[] = []
  for (const name of fields) {
    const field = Object.hasOwn(lead, name) ? lead[name] : undefined
    const key = field?.valid ? keyOf(field) : undefined
    if (key && !keys.some(({ kind, value }) => kind === key.kind && value === key.value)) keys.push(key)
  }
  return keys
}

const contacts: ReadonlySet<string> = new Set(fields)

/**
 * The key under which a field's value is found again: a contact by the person, whatever its field is called, every other
 * by the field. Undefined for a value that is blank, or a contact that is not valid.
 */
export function leadKeyOf(name: string, field: FieldValue | undefined): LeadKey | undefined {
  if (!field || isBlank(field)) return undefined
  if (contacts.has(name) && (field.type === 'email' || field.type === 'phone')) {
    return field.valid ? keyOf(field) : undefined
  }
  return { kind: `field:${name}`, value: comparable(field) }
}

/** A value as values are compared: its normal form in lower case, without doubled spaces, lists in order. */
export function comparable({ normal, raw, valid }: FieldValue): string {
  const value = valid ? normal : raw
  const texts = (Array.isArray(value) ? value : [value]).map((one) =>
    String(one ?? '')
      .toLowerCase()
      .replace(/\s+/g, ' ')
      .trim(),
  )
  return texts.sort().join(', ')
}

function keyOf(field: FieldValue): ContactKey | undefined {
  const { type, normal } = field
  if (typeof normal !== 'string') return undefined
  if (type === 'email') return { kind: 'email', value: normal }
  if (type !== 'phone' || normal.includes('*')) return undefined
  const extension = normal.indexOf('x')
  const number = extension < 0 ? normal : normal.slice(0, extension)
  return { kind: 'phone', value: `${field['country_calling_code']}${number}` }
}
