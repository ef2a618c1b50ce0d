import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { parsePhone } from '../fields/types/phone'
import { textOf } from '../names/scope'
import type { Transform } from '../schema'

type PhoneFormat = Extract<Transform, { type: 'phone' }>['format']

type Formats = Record<PhoneFormat, () => string>

function northAmerican(digits: string, extension: string): Formats {
  const [area, exchange, line] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)]
  return {
    digits: () => digits,
    e164: () => `+1${digits}`,
    national: () => `(${area}) ${exchange}-${line}${extension && ` x${extension}`}`,
    international: () => `+1 ${area} ${exchange} ${line}${extension && ` x${extension}`}`,
    dashes: () => `${area}-${exchange}-${line}${extension && ` x${extension}`}`,
    dots: () => `${area}.${exchange}.${line}${extension && ` x${extension}`}`,
    rfc3966: () => `tel:+1-${area}-${exchange}-${line}${extension && `;ext=${extension}`}`,
  }
}

function foreign(number: PhoneNumber): Formats {
  const spaced = () => number.formatNational()
  return {
    digits: () => String(number.nationalNumber),
    e164: () => number.format('E.164'),
    national: spaced,
    international: () => number.formatInternational(),
    dashes: () =>
      spaced()
        .replaceAll(/[^\d]+/g, '-')
        .replaceAll(/^-|-$/g, ''),
    dots: () =>
      spaced()
        .replaceAll(/[^\d]+/g, '.')
        .replaceAll(/^\.|\.$/g, ''),
    rfc3966: () => number.format('RFC3966'),
  }
}

function abroad(text: string, callingCode: unknown): PhoneNumber | undefined {
  const international = typeof callingCode === 'number' ? `+${callingCode}${text.replace(/x.*$/, '')}` : text
  const number = parsePhoneNumberFromString(international)
  return number?.isValid() ? number : undefined
}

/**
 * Writes a phone number in a format; what is no phone number stays as it is.
 * @param callingCode the country's, where the value is a national number from elsewhere than North America.
 */
export function formatPhone(value: unknown, format: unknown, callingCode?: unknown): unknown {
  const text = textOf(value).trim()
  const isNear = callingCode === undefined || callingCode === 1
  const parsed = isNear ? parsePhone(text, text, undefined) : undefined
  const isHere = parsed?.valid === true && parsed['country_calling_code'] === 1
  const [digits = '', extension = ''] = isHere ? String(parsed['normal']).split('x') : []
  const number = isHere ? undefined : abroad(text, isNear ? parsed?.['country_calling_code'] : callingCode)
  const formats = isHere ? northAmerican(digits, extension) : number && foreign(number)
  if (!formats) return value
  const name = String(format)
  return Object.hasOwn(formats, name) ? formats[name as PhoneFormat]() : formats.digits()
}
