import { maskValue } from './fields/index'
import type { PackedLead } from './types'

const text = (data: PackedLead, name: string): string => {
  const value = data[name]?.value
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
}

/** What a person calls a lead: first and last name, else email, else phone, else nothing. */
export function leadLabel(data: PackedLead): string {
  const name = `${text(data, 'first_name')} ${text(data, 'last_name')}`.trim() || text(data, 'full_name')
  return name || text(data, 'email') || text(data, 'phone_1')
}

/** City and state, as far as they are there. */
export const leadPlace = (data: PackedLead): string =>
  [text(data, 'city'), [text(data, 'state'), text(data, 'postal_code')].filter(Boolean).join(' ')]
    .filter(Boolean)
    .join(', ')

export const leadText = text

/**
 * A lead's data as a page or an API caller may have it: what is sealed stays in the log. Dates of birth are stars for
 * whoever may not read them.
 */
export function visibleData(data: PackedLead, mayReadBirths: boolean): PackedLead {
  const visible: PackedLead = {}
  for (const [name, { sealed: _, ...value }] of Object.entries(data))
    visible[name] = value.type === 'dob' && !mayReadBirths ? maskValue(value) : value
  return visible
}
