import type { Run } from '../types'

/** All that a rule or a template may see while it is evaluated. */
export type Scope = {
  run: Run
  flow: { id: string; name: string; timeZone: string }
  /** Unix milliseconds. */
  now: number
  eventId?: string
  priceCents?: number
  /** What an answer says, for the reason that is made of it. */
  answer?: Readonly<Record<string, unknown>>
  /** The texts of the secrets that a request names, while it is made ready to be sent. Else each reads as `hidden`. */
  secrets?: Readonly<Record<string, string>>
}

/** What stands in for a secret wherever a request is kept or shown. */
export const hidden = '<redacted>'

export type Read = (scope: Scope) => unknown

/** Ids of a test lead carry a mark, so that a buyer's system can't take them for real ones. */
export const markedId = (id: string, isTest: boolean): string => (isTest && !id.startsWith('TEST_') ? `TEST_${id}` : id)

/** True for missing, null, NaN, empty or white text, and empty lists. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (typeof value === 'string') return value.trim() === ''
  if (typeof value === 'number') return Number.isNaN(value)
  return Array.isArray(value) && value.length === 0
}

/** A value as text: lists joined by a comma and a space, objects as JSON. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  if (typeof value === 'object') {
    try {
      return JSON.stringify(value) ?? ''
    } catch {
      return ''
    }
  }
  return String(value)
}
