/** Money is integer cents; only the edges (API, forms, templates) see decimals. */
export type Cents = number

/**
 * Cents of an amount given as a decimal number or text ("45", "45.00", "$1,234.5"); half cents round away from zero.
 * `undefined` when it is not an amount.
 */
export function centsOf(amount: unknown): Cents | undefined {
  if (typeof amount !== 'number' && typeof amount !== 'string') return undefined
  const text = typeof amount === 'number' ? String(amount) : amount.replace(/[$€£,\s]/g, '')
  if (text === '') return undefined
  const value = Number(text)
  if (!Number.isFinite(value) || Math.abs(value) > 1e13) return undefined
  const cents = Math.sign(value) * Math.round(Number((Math.abs(value) * 100).toPrecision(15)))
  return cents === 0 ? 0 : cents
}

/** Decimal number with at most two places, as the API writes money. */
export const amountOf = (cents: Cents): number => Math.round(cents) / 100

/** "$45.00" for people; the currency by ISO 4217 code. */
export const formatMoney = (cents: Cents, currency = 'USD'): string =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(cents / 100)
