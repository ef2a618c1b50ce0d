import { typeOfField } from './catalogue'
import { storable } from './value'

/** Other names of standard fields, in lower case, and the fields they mean. */
export const aliases: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  zip: 'postal_code',
  zip_code: 'postal_code',
  zipcode: 'postal_code',
  postcode: 'postal_code',
  postalcode: 'postal_code',
  postal: 'postal_code',
  phone: 'phone_1',
  phone1: 'phone_1',
  phone2: 'phone_2',
  phone3: 'phone_3',
  phone_number: 'phone_1',
  phonenumber: 'phone_1',
  primary_phone: 'phone_1',
  telephone: 'phone_1',
  email_address: 'email',
  emailaddress: 'email',
  'e-mail': 'email',
  fname: 'first_name',
  firstname: 'first_name',
  lname: 'last_name',
  lastname: 'last_name',
  surname: 'last_name',
  fullname: 'full_name',
  address: 'address_1',
  address1: 'address_1',
  street: 'address_1',
  street_address: 'address_1',
  address2: 'address_2',
  province: 'state',
  date_of_birth: 'dob',
  dateofbirth: 'dob',
  birth_date: 'dob',
  birthdate: 'dob',
  birthday: 'dob',
  ip: 'ip_address',
  ipaddress: 'ip_address',
  sex: 'gender',
  social_security_number: 'ssn',
  social_security: 'ssn',
  leadid_token: 'universal_leadid',
  jornaya_leadid: 'universal_leadid',
  trustedform_url: 'trustedform_cert_url',
  trusted_form_cert_url: 'trustedform_cert_url',
  useragent: 'user_agent',
  landing_page_url: 'landing_page',
} satisfies Record<string, string>)

/** The standard field that a name stands for ("Zip_Code" → "postal_code", "Email" → "email"), or the name itself. */
export function resolveAlias(name: string): string {
  if (typeOfField(name) !== undefined) return name
  const lower = name.toLowerCase()
  return aliases[lower] ?? (typeOfField(lower) === undefined ? name : lower)
}

const maxName = 200

/** A field name as it is kept: trimmed, spaces as underscores, letter case as sent. */
export const normaliseName = (name: string): string => storable(name.trim().replace(/\s+/g, '_')).slice(0, maxName)

/** A key that could reach a prototype when names are nested again. */
export const isForbiddenKey = (key: string): boolean =>
  key === '__proto__' || key === 'constructor' || key === 'prototype'
