import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { FieldValue } from '../../types'
import { type ParseText, type Scalar, unreadable } from '../value'
import { areaCountry, isNorthAmerican } from './nanp'

type Hint = 'mobile' | 'work' | 'home'
type Dialled = { plus: boolean; digits: string; extension: string | undefined; hint: Hint | undefined }

/** Digits, masked digits and the signs people put between them; then perhaps an extension and a hint of the kind. */
const shape =
  /^(\+?)([\d*()\s./\-–—]+?)\s*(?:(?:x|ext\.?|extension|#)[\s.:]*([\d*]{1,10}))?\s*\(?(m|c|w|h|mobile|cell|work|home)?\)?$/i
const notDialled = /[^\d*]/g
const hints: Record<string, Hint> = { m: 'mobile', c: 'mobile', w: 'work', h: 'home' }
const tollFree = new Set(['800', '833', '844', '855', '866', '877', '888'])

/**
 * A phone number; without a country it is North American. Those are told by their structure alone (area and exchange
 * start at 2), because tables of areas in use lag behind and refuse numbers people test with.
 */
export const parsePhone: ParseText = (text, raw, _now, country = 'US') => {
  const dialled = read(text)
  if (!dialled) return unreadable('phone', raw)
  const { plus, digits } = dialled
  if (!plus && !isNorthAmerican(country)) return domestic(raw, dialled, country)
  const national = digits.length === 11 && digits[0] === '1' ? digits.slice(1) : digits
  if (national.length === 10 && (!plus || digits.length === 11)) return northAmerican(raw, national, dialled)
  const abroad = plus ? digits : withoutPrefix(digits)
  return abroad === undefined ? unreadable('phone', raw) : foreign(raw, abroad, dialled)
}

function read(text: string): Dialled | undefined {
  if (isTenDigits(text)) return { plus: false, digits: text, extension: undefined, hint: undefined }
  if (text.length > 60) return undefined
  const match = shape.exec(text)
  if (!match) return undefined
  const [, plus, signs = '', extension, hint] = match
  const digits = signs.replace(notDialled, '')
  return { plus: plus === '+', digits, extension, hint: hint ? hints[hint.charAt(0).toLowerCase()] : undefined }
}

function isTenDigits(text: string): boolean {
  if (text.length !== 10) return false
  for (let i = 0; i < 10; i++) {
    const code = text.charCodeAt(i)
    if (code < 48 || code > 57) return false
  }
  return true
}

/** Without the prefix for calls abroad: 00 in most of the world, 011 in North America. */
function withoutPrefix(digits: string): string | undefined {
  if (digits.startsWith('011')) return digits.slice(3)
  return digits.startsWith('00') ? digits.slice(2) : undefined
}

function northAmerican(raw: Scalar, digits: string, { extension, hint }: Dialled): FieldValue {
  const first = digits.charCodeAt(0)
  const fourth = digits.charCodeAt(3)
  const area = digits.slice(0, 3)
  // '*' (42) is a masked digit; '0' and '1' (48, 49) begin no area and no exchange, and 211 to 911 are services.
  const impossible = first === 48 || first === 49 || fourth === 48 || fourth === 49 || area.endsWith('11')
  if (impossible) return unreadable('phone', raw)
  const masked = digits.includes('*')
  const value: FieldValue = {
    type: 'phone',
    raw,
    normal: extension ? `${digits}x${extension}` : digits,
    valid: true,
    area,
    exchange: digits.slice(3, 6),
    line: digits.slice(6),
    number: digits.slice(3),
    country_code: areaCountry(area),
    country_calling_code: 1,
    is_tollfree: tollFree.has(area),
    masked,
  }
  return withHints(value, extension, hint)
}

/** A number without a country in a country with a plan of its own: as it is dialled there, or with a prefix for abroad. */
function domestic(raw: Scalar, dialled: Dialled, country: string): FieldValue {
  const { digits } = dialled
  if (digits.startsWith('00')) return foreign(raw, digits.slice(2), dialled)
  return isSupportedCountry(country) ? foreign(raw, digits, dialled, country) : unreadable('phone', raw)
}

/** `home` is the country the digits are dialled in; without it they begin with a country's calling code. */
function foreign(raw: Scalar, digits: string, { extension, hint }: Dialled, home?: CountryCode): FieldValue {
  const dialled = home ? digits : `+${digits}`
  const found = digits.includes('*') ? undefined : parsePhoneNumberFromString(dialled, home)
  if (!found?.isValid()) return unreadable('phone', raw)
  const number = String(found.nationalNumber)
  const value: FieldValue = {
    type: 'phone',
    raw,
    normal: extension ? `${number}x${extension}` : number,
    valid: true,
    number,
    country_calling_code: Number(found.countryCallingCode),
    is_tollfree: false,
    masked: false,
  }
  if (found.country) value['country_code'] = found.country
  return withHints(value, extension, hint)
}

function withHints(value: FieldValue, extension: string | undefined, hint: Hint | undefined): FieldValue {
  if (extension) value['extension'] = extension
  // `type` says what the field is, so the kind of line has a name of its own.
  if (hint) value['line_type'] = hint
  return value
}
