import { centsOf } from '../../money'
import { textOf } from '../names/scope'
import type { Captured } from '../types'

const longestText = 2_000
const mostInList = 50
/** At most so many values are captured of one answer. */
export const mostCaptured = 50

const jsonOf = (value: object): string => {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return ''
  }
}

/** A value of an answer as text, however deep it is nested. */
export function plainText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return textOf(value)
  if (!Array.isArray(value)) return jsonOf(value)
  return value.map((element) => (typeof element === 'object' && element ? jsonOf(element) : textOf(element))).join(', ')
}

/** The elements of lists beside the values that are none. */
export const flat = (values: readonly unknown[]): unknown[] => values.flat(1)

/** Equality as answers mean it: letter case and outer spaces aside, numbers by value. */
export function isExpected(value: unknown, expected: string | number | boolean): boolean {
  if (Array.isArray(value)) return value.some((element) => !Array.isArray(element) && isExpected(element, expected))
  const [left, right] = [plainText(value).trim().toLowerCase(), textOf(expected).trim().toLowerCase()]
  return left === right || (left !== '' && right !== '' && Number(left) === Number(right))
}

const european = /^-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,2}$/
/** Signs and codes of currencies, at either end. */
const currency = /^(?:[A-Z]{1,3}\s*)?\p{Sc}?\s*|\s*\p{Sc}?(?:\s*[A-Z]{3})?$/giu

/** Cents of a price as answers write it: `45`, `"$1,234.50"`, `"45,00 €"`, `"USD 45"`; undefined for anything else. */
function priceOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return centsOf(value)
  const plain = value.trim().slice(0, 40).replace(currency, '')
  const cents = centsOf(european.test(plain) ? plain.replaceAll('.', '').replace(',', '.') : plain)
  return cents !== undefined && /\d/.test(plain) ? cents : undefined
}

/** The first price among values; negative ones are none. */
export function firstPrice(values: readonly unknown[]): number | undefined {
  for (const value of flat(values)) {
    const cents = priceOf(value)
    if (cents !== undefined && cents >= 0) return cents
  }
  return undefined
}

function scalarOf(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  const text = plainText(value)
  if (text.length <= longestText) return text === '' ? undefined : text
  // Half a text may do; half a document reads as none.
  return typeof value === 'string' ? text.slice(0, longestText) : undefined
}

/** What is kept of the values at a captured path: one by itself, several as a list, objects as JSON. */
export function capturedOf(values: readonly unknown[]): Captured | undefined {
  const kept = flat(values)
    .slice(0, mostInList)
    .map(scalarOf)
    .filter((value) => value !== undefined)
  return kept.length > 1 ? kept : kept[0]
}
