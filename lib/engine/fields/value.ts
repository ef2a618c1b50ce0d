import type { FieldType } from '../schema'
import type { FieldValue } from '../types'

/**
 * Reads one value of a type. `text` is trimmed and never empty; `raw` is what came (a cleaned string, a finite number
 * or a boolean); `now` is milliseconds since 1970, for what depends on today (a person's age); `country` is where the
 * lead is from (ISO 3166, the United States without one), for what is written differently there.
 */
export type ParseText = (text: string, raw: Scalar, now?: number, country?: string) => FieldValue
export type Scalar = string | number | boolean

export const maxLength = 10_000

/** A value that its type can't read: it stays as sent, without components. */
export const unreadable = (type: FieldType, raw: unknown): FieldValue => ({ type, raw, normal: raw, valid: false })

/** True when the value says nothing: missing, empty or only spaces. */
export function isBlank(value: FieldValue | undefined): boolean {
  if (value === undefined) return true
  const { normal } = value
  return normal === '' || normal === null || normal === undefined || (Array.isArray(normal) && normal.length === 0)
}

const unstorable = /[\0\ud800-\udfff]/
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text that Postgres can store as JSON: no NUL, no half of a surrogate pair. */
export const storable = (text: string): string =>
  unstorable.test(text) ? text.replaceAll('\0', '').replace(loneSurrogate, '\ufffd') : text

/** For comparing names of places: lower case, no accents, dots or doubled spaces. */
export const plain = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '')
    .replace(/[\s_-]+/g, ' ')
    .trim()

const asciiLetter = /[a-z]/i
const anyLetter = /\p{L}/u
export const hasLetter = (text: string): boolean => asciiLetter.test(text) || anyLetter.test(text)
