import { createHash, createHmac } from 'node:crypto'
import { isBlank, textOf } from '../names/scope'
import type { FilterName } from '../schema'
import { asciiValue } from './ascii'
import { addDays, formatDate } from './dates'
import { formatPhone } from './phones'

/** No value of a template grows beyond this. */
export const longestText = 20_000

/** Refused rather than cut: half a value is a wrong value. */
function bounded(text: string): string {
  if (text.length > longestText) throw new RangeError('A value of a template became too long.')
  return text
}

const text = (value: unknown) => bounded(textOf(value))

const numberOf = (value: unknown): number => {
  const number = typeof value === 'number' ? value : Number(textOf(value).replaceAll(/[$,\s]/g, ''))
  return Number.isFinite(number) ? number : 0
}
const finite = (number: number) => (Number.isFinite(number) ? number : 0)
/** Decimal fractions as people reckon: 0.1 plus 0.2 is 0.3. */
const exact = (number: number) => finite(Number(number.toPrecision(15)))
const placesOf = (places: unknown) => Math.min(Math.max(Math.trunc(numberOf(places)), 0), 10)

function replaceAll(value: unknown, search: unknown, replacement: unknown): string {
  const [whole, sought, instead] = [text(value), textOf(search), text(replacement)]
  if (sought === '') return whole
  const pieces = whole.split(sought)
  const length = whole.length + (pieces.length - 1) * (instead.length - sought.length)
  if (length > longestText) throw new RangeError('A value of a template became too long.')
  return pieces.join(instead)
}

function replaceFirst(value: unknown, search: unknown, replacement: unknown): string {
  const [whole, sought, instead] = [text(value), textOf(search), text(replacement)]
  const at = sought === '' ? -1 : whole.indexOf(sought)
  return at < 0 ? whole : bounded(whole.slice(0, at) + instead + whole.slice(at + sought.length))
}

/** All but the last `keep` characters as stars. */
function mask(value: unknown, keep: unknown): string {
  const whole = text(value)
  const shown = Math.min(Math.max(Math.trunc(keep === undefined ? 4 : numberOf(keep)), 0), whole.length)
  return '*'.repeat(whole.length - shown) + whole.slice(whole.length - shown)
}

function truncate(value: unknown, length: unknown, end: unknown): string {
  const [whole, tail] = [text(value), end === undefined ? '…' : text(end)]
  const most = Math.max(Math.trunc(length === undefined ? 50 : numberOf(length)), 0)
  return whole.length <= most ? whole : bounded(whole.slice(0, Math.max(most - tail.length, 0)) + tail)
}

function slice(value: unknown, start: unknown, length: unknown): string {
  const whole = text(value)
  const from = Math.trunc(numberOf(start))
  const begin = from < 0 ? Math.max(whole.length + from, 0) : from
  return whole.slice(begin, begin + (length === undefined ? 1 : Math.max(Math.trunc(numberOf(length)), 0)))
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, 500) : [value])
const divided = (value: unknown, by: unknown) => (numberOf(by) === 0 ? 0 : exact(numberOf(value) / numberOf(by)))

/** The hash of a text, or of bytes, by an algorithm of OpenSSL's names. */
export const digestOf = (algorithm: string, of: string | Uint8Array, encoding: 'hex' | 'base64' = 'hex'): string =>
  createHash(algorithm).update(of).digest(encoding)

const hash = (name: string) => (value: unknown) => digestOf(name, text(value))
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()

/** One filter by name: gets the value before the bar, then its arguments. */
type FilterFunction = (value: unknown, ...rest: unknown[]) => unknown

/** Every filter there is. None makes more of a value than its bound, or reaches anything but its arguments. */
export const filterFunctions: Record<FilterName, FilterFunction> = {
  default: (value, instead) => (isBlank(value) || value === false ? instead : value),
  upcase: (value) => text(value).toUpperCase(),
  downcase: (value) => text(value).toLowerCase(),
  capitalize: (value) => capital(text(value)),
  titlecase: (value) => text(value).replace(/\p{L}[\p{L}'’]*/gu, capital),
  strip: (value) => text(value).trim(),
  append: (value, more) => bounded(text(value) + text(more)),
  prepend: (value, more) => bounded(text(more) + text(value)),
  replace: replaceAll,
  replace_first: replaceFirst,
  remove: (value, search) => replaceAll(value, search, ''),
  slice,
  truncate,
  digits: (value) => text(value).replaceAll(/\D/g, ''),
  size: (value) => (Array.isArray(value) ? value.length : text(value).length),
  split: (value, separator) => text(value).split(textOf(separator)).slice(0, 500),
  join: (value, separator) =>
    bounded(
      listOf(value)
        .map(textOf)
        .join(separator === undefined ? ' ' : textOf(separator)),
    ),
  first: (value) => listOf(value)[0],
  last: (value) => listOf(value).at(-1),
  plus: (value, other) => exact(numberOf(value) + numberOf(other)),
  minus: (value, other) => exact(numberOf(value) - numberOf(other)),
  times: (value, other) => exact(numberOf(value) * numberOf(other)),
  divided_by: divided,
  modulo: (value, by) => (numberOf(by) === 0 ? 0 : exact(numberOf(value) % numberOf(by))),
  abs: (value) => Math.abs(numberOf(value)),
  ceil: (value) => Math.ceil(numberOf(value)),
  floor: (value) => Math.floor(numberOf(value)),
  round: (value, places) => Number(numberOf(value).toFixed(placesOf(places))),
  at_least: (value, least) => Math.max(numberOf(value), numberOf(least)),
  at_most: (value, most) => Math.min(numberOf(value), numberOf(most)),
  number: (value) => numberOf(value),
  text: (value) => text(value),
  decimals: (value, places) => numberOf(value).toFixed(places === undefined ? 2 : placesOf(places)),
  date: formatDate,
  add_days: addDays,
  md5: hash('md5'),
  sha1: hash('sha1'),
  sha256: hash('sha256'),
  sha512: hash('sha512'),
  hmac_sha256: (value, key) => createHmac('sha256', text(key)).update(text(value), 'utf8').digest('hex'),
  base64_encode: (value) => bounded(Buffer.from(text(value), 'utf8').toString('base64')),
  url_encode: (value) => bounded(encodeURIComponent(text(value))),
  mask,
  ascii: asciiValue,
  phone: (value, format) => formatPhone(value, format === undefined ? 'digits' : format),
  json: (value) => bounded(JSON.stringify(value ?? null)),
}
