import { type ParseText, unreadable } from '../value'

export const parseSsn: ParseText = (text, raw) => {
  const kept = text.replace(/[^\d*]/g, '')
  // A JSON number has lost the zeros it began with.
  const normal = typeof raw === 'number' ? kept.padStart(9, '0') : kept
  if (normal.length !== 9) return unreadable('ssn', raw)
  return {
    type: 'ssn',
    raw,
    normal,
    valid: true,
    first_three: normal.slice(0, 3),
    middle_two: normal.slice(3, 5),
    last_four: normal.slice(5),
    masked: normal.includes('*'),
  }
}

export const parseCredential: ParseText = (text, raw) => ({
  type: 'credential',
  raw,
  normal: text,
  valid: true,
  masked: /^\*+$/.test(text),
})

const maskedCard = /^\*{8,15}\d{4}$/

/** Only the last 4 digits of a card number survive reading, in `raw` too; anything that is no card number is all stars. */
export const parseCreditCard: ParseText = (text) => {
  const digits = text.replace(/[\s-]/g, '')
  const isCard = /^\d{12,19}$/.test(digits) && passesLuhn(digits)
  if (!isCard && !maskedCard.test(digits)) return unreadable('credit_card', '*'.repeat(Math.min(text.length, 19)))
  const normal = `${'*'.repeat(digits.length - 4)}${digits.slice(-4)}`
  return { type: 'credit_card', raw: normal, normal, valid: true, last_four: digits.slice(-4) }
}

/** The check digit of ISO/IEC 7812-1. */
function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 0 ? digit : digit * 2
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
