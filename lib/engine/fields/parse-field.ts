import { type FieldType, fieldTypes } from '../schema'
import type { FieldValue } from '../types'
import { parseCountry, parsePostalCode, parseState, parseStreet } from './types/address'
import { parseCurrency, parseNumber, parseRange } from './types/amounts'
import { parseDate, parseDob, parseTime } from './types/dates'
import { parseEmail } from './types/email'
import { parseFullName } from './types/full-name'
import { parseIp, parseTrustedFormUrl, parseUrl } from './types/network'
import { parsePhone } from './types/phone'
import { parseCredential, parseCreditCard, parseSsn } from './types/secret'
import { parseBoolean, parseCity, parseFirstName, parseGender, parseLastName, parseString } from './types/text'
import { maxLength, type ParseText, type Scalar, storable, unreadable } from './value'

const parsers: Record<FieldType, ParseText> = {
  string: parseString,
  email: parseEmail,
  phone: parsePhone,
  first_name: parseFirstName,
  last_name: parseLastName,
  full_name: parseFullName,
  street: parseStreet,
  city: parseCity,
  state: parseState,
  postal_code: parsePostalCode,
  country: parseCountry,
  number: parseNumber,
  currency: parseCurrency,
  range: parseRange,
  boolean: parseBoolean,
  date: parseDate,
  dob: parseDob,
  time: parseTime,
  gender: parseGender,
  ip: parseIp,
  url: parseUrl,
  trustedform_url: parseTrustedFormUrl,
  ssn: parseSsn,
  credential: parseCredential,
  credit_card: parseCreditCard,
}

const known = new Set<unknown>(fieldTypes)
const maxElements = 500

/**
 * Types one submitted value. Takes anything and never throws: what the type can't read stays as sent with `valid`
 * false and no components. A value that is typed already comes back as it is. Arrays are read element by element
 * (`normal` is an array, `valid` when all are). `now` (ms since 1970) gives a date of birth its `age`; `country`
 * (ISO 3166, the United States without one) says how phones, postal codes and states are written.
 */
export function parseField(type: FieldType, raw: unknown, now?: number, country?: string): FieldValue {
  if (typeof raw === 'string') return parseText(type, raw, now, country)
  if (typeof raw === 'object' && raw !== null) return parseObject(type, raw, now, country)
  return parseScalar(type, raw, now, country)
}

type Now = number | undefined
type Country = string | undefined

function parseText(type: FieldType, sent: string, now: Now, country: Country): FieldValue {
  if (sent.length > maxLength) {
    const cut = storable(sent.slice(0, maxLength))
    return type === 'credit_card' ? parseCreditCard(cut, cut, now) : unreadable(type, cut)
  }
  const raw = storable(sent)
  const text = raw.trim()
  return text === '' ? { type, raw, normal: '', valid: type === 'string' } : parsers[type](text, raw, now, country)
}

function parseScalar(type: FieldType, raw: unknown, now: Now, country: Country): FieldValue {
  if (raw === null || raw === undefined) return { type, raw: null, normal: null, valid: type === 'string' }
  if (typeof raw === 'boolean' || (typeof raw === 'number' && Number.isFinite(raw))) {
    // JSON has no negative zero.
    const scalar: Scalar = raw === 0 ? 0 : raw
    return parsers[type](String(scalar), scalar, now, country)
  }
  // What no JSON number can hold (1e999 reads as Infinity) is kept as its text, and typed as that text would be.
  if (typeof raw === 'bigint' || typeof raw === 'number') return parseText(type, String(raw), now, country)
  return unreadable(type, `[${typeof raw}]`)
}

function parseObject(type: FieldType, raw: object, now: Now, country: Country): FieldValue {
  try {
    if (Array.isArray(raw)) return parseElements(type, raw, now, country)
    if (!isTyped(raw)) return unreadable(type, '[object Object]')
    if (raw.type === type) return raw
    const inner: unknown = raw.raw
    if (Array.isArray(inner)) return parseElements(type, inner, now, country)
    return typeof inner === 'object' && inner !== null
      ? unreadable(type, '[object Object]')
      : parseField(type, inner, now, country)
  } catch {
    // A getter or a proxy that throws.
    return unreadable(type, '[object Object]')
  }
}

function parseElements(type: FieldType, raw: unknown[], now: Now, country: Country): FieldValue {
  const values = raw.slice(0, maxElements).map((element) => {
    const nested = typeof element === 'object' && element !== null
    return nested ? unreadable(type, '[object Object]') : parseField(type, element, now, country)
  })
  const valid = values.length > 0 && values.length === raw.length && values.every((value) => value.valid)
  return { type, raw: values.map((value) => value.raw), normal: values.map((value) => value.normal), valid }
}

function isTyped(value: object): value is FieldValue {
  return 'type' in value && known.has(value.type) && 'raw' in value && 'normal' in value && 'valid' in value
}
