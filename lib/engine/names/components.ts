import type { FieldType } from '../schema'

type ComponentKind = 'string' | 'number' | 'boolean'
type Components = Readonly<Record<string, ComponentKind>>

const texts = (names: string): Components => Object.fromEntries(names.split(' ').map((name) => [name, 'string']))
const flags = (names: string): Components => Object.fromEntries(names.split(' ').map((name) => [name, 'boolean']))
const numbers = (names: string): Components => Object.fromEntries(names.split(' ').map((name) => [name, 'number']))

const byType: Partial<Record<FieldType, Components>> = {
  phone: {
    ...texts('area exchange line number extension country_code type'),
    country_calling_code: 'number',
    ...flags('is_tollfree masked'),
  },
  email: { ...texts('user domain host tld'), ...flags('is_free is_disposable') },
  full_name: texts('salutation first_name middle_name last_name suffix'),
  postal_code: texts('country_code zip four fsa ldu district outcode incode'),
  state: texts('name country_code'),
  country: texts('name'),
  street: texts('number name'),
  currency: { cents: 'number', currency: 'string' },
  range: numbers('min max avg mid'),
  dob: numbers('age year'),
  gender: texts('abbr'),
  ssn: { ...texts('first_three middle_two last_four'), masked: 'boolean' },
  credential: flags('masked'),
  credit_card: texts('last_four'),
  url: texts('protocol host port path query hash'),
  ip: { is_ipv4: 'boolean', ipv6_format: 'string' },
  trustedform_url: { ...texts('type cert_id host path'), ...flags('is_web is_mobile is_facebook is_masked') },
}

const always: Components = { valid: 'boolean', raw: 'string' }

/** What may be asked of a field of the type behind its name (`lead.phone_1.area`), with the kind of each. */
export const componentsOf = (type: FieldType): Components => ({ ...byType[type], ...always })

/** A value's own `type` says what the field is, so a component of that name is kept under another. */
export function keptAs(type: FieldType | undefined, component: string): string {
  if (component !== 'type') return component
  return type === 'trustedform_url' ? 'certificate_type' : 'line_type'
}

/** Components of any type, for a field whose type is not known. */
export const allComponents: Components = Object.assign({}, ...Object.values(byType), always)
