import type { FieldValue } from '../../types'
import { hasLetter, type ParseText, plain, type Scalar, unreadable } from '../value'
import { countryOf, stateOf } from './places'
import { postalCodeIn } from './postal-codes'

const numberAndName = /^(\d[\w/½-]*)\s+(\S.*)$/s

/** Number and name of a street address; without any digit it is none. */
export const parseStreet: ParseText = (text, raw) => {
  if (!/\d/.test(text)) return unreadable('street', raw)
  const match = numberAndName.exec(text)
  if (!match) return { type: 'street', raw, normal: text, valid: true, name: text }
  return { type: 'street', raw, normal: text, valid: true, number: match[1], name: match[2] }
}

const withOwnStates = new Set(['US', 'CA', 'AU'])

/**
 * A state or province of the US and Canada, by code or name; of Australia when the lead is from there. Where we know no
 * list, any name is one; elsewhere a name that is none is kept as sent.
 */
export const parseState: ParseText = (text, raw, _now, country = 'US') => {
  if (text.length <= 60 && !withOwnStates.has(country) && hasLetter(text))
    return { type: 'state', raw, normal: text, valid: true, name: text, country_code: country }
  const found = text.length > 60 ? undefined : (stateOf(text.toUpperCase(), country) ?? stateOf(plain(text), country))
  if (!found) return unreadable('state', raw)
  return { type: 'state', raw, normal: found.code, valid: true, name: found.name, country_code: found.country }
}

/** A country by its ISO 3166 code (two letters, or three for a few) or its English name. */
export const parseCountry: ParseText = (text, raw) => {
  const found = text.length > 80 || !hasLetter(text) ? undefined : countryOf(text)
  return found
    ? { type: 'country', raw, normal: found.code, valid: true, name: found.name }
    : unreadable('country', raw)
}

const us = /^(\d{5})(?:[\s-]*(\d{4}))?$/
const canadian = /^([A-Z]\d[A-Z])[\s-]*(\d[A-Z]\d)$/
const british = /^([A-Z]{1,2}\d[A-Z\d]?|GIR)[\s-]*(\d[A-Z]{2})$/

const ownReaders = new Set(['US', 'CA', 'GB'])

/** A code of the US, Canada or Great Britain, told by its form; of another country when the lead is from there. */
export const parsePostalCode: ParseText = (text, raw, _now, country = 'US') => {
  if (text.length > 40) return unreadable('postal_code', raw)
  if (!ownReaders.has(country)) return parseAbroad(text.toUpperCase(), raw, country)
  // A JSON number has lost the zeros it began with.
  const code = typeof raw === 'number' ? text.padStart(5, '0') : text.toUpperCase()
  const zip = us.exec(code)
  if (zip) {
    const normal = zip[2] ? `${zip[1]}-${zip[2]}` : zip[1]
    return { type: 'postal_code', raw, normal, valid: true, country_code: 'US', zip: zip[1], four: zip[2] ?? null }
  }
  return parseCommonwealth(code, raw)
}

function parseAbroad(code: string, raw: Scalar, country: string): FieldValue {
  const normal = postalCodeIn(country, code)
  if (normal === undefined) return unreadable('postal_code', raw)
  return { type: 'postal_code', raw, normal, valid: true, country_code: country }
}

function parseCommonwealth(code: string, raw: unknown) {
  const ca = canadian.exec(code)
  if (ca) {
    const [, fsa = '', ldu = ''] = ca
    return {
      type: 'postal_code',
      raw,
      normal: `${fsa} ${ldu}`,
      valid: true,
      country_code: 'CA',
      district: fsa[0],
      fsa,
      ldu,
    } as const
  }
  const gb = british.exec(code)
  if (!gb) return unreadable('postal_code', raw)
  const [, outcode = '', incode = ''] = gb
  return {
    type: 'postal_code',
    raw,
    normal: `${outcode} ${incode}`,
    valid: true,
    country_code: 'GB',
    outcode,
    incode,
  } as const
}
