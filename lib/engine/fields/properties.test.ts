import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldTypes } from '../schema'
import type { Nested } from '../types'
import { displayValue, inboundPlan, maskValue, packLead, parseField, sampleLead, typeFields, unpackLead } from './index'

const type = fc.constantFrom(...fieldTypes)

/** Texts that come near to what types look for, so that properties reach past "not valid". */
const nearly = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.stringMatching(/^[\d ()+.x*-]{0,24}$/),
  fc.stringMatching(/^[$€-]?\d{1,6}([.,]\d{1,3})?( to |-|\+| )?[$]?\d{0,6}[km]?$/),
  fc.stringMatching(/^\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}( \d{1,2}:\d\d( [AP]M)?)?$/),
  fc.stringMatching(/^[0-9a-f:.]{2,30}(\/\d{1,3})?$/),
  fc.stringMatching(/^(https?:\/\/)?[a-zA-Z0-9.-]{1,20}\.(com|org)(:\d{2,5})?(\/[a-z?=&#]{0,12})?$/),
  fc.constantFrom(
    'TX',
    'texas',
    'QC',
    'true',
    'no',
    'male',
    '4111111111111111',
    '78704',
    'H2X 1Y4',
    'Oct 22, 1978',
    'usa',
    '2000',
    '1234 AB',
    'D-10115',
    '030 22610',
    'Mr. Charles P. Wooten, III',
    '1.234,56 €',
    'Victoria',
  ),
  fc.emailAddress(),
)
const scalar = fc.oneof(nearly, fc.double(), fc.integer(), fc.boolean(), fc.constant(null))
const anything = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 4 }),
  fc.anything({ withBigInt: true, withDate: true, withMap: true }),
)
const country = fc.constantFrom(
  undefined,
  'US',
  'CA',
  'GB',
  'DE',
  'FR',
  'NL',
  'AU',
  'IT',
  'BR',
  'IE',
  'JP',
  'ZA',
  'AE',
  'XX',
  '',
)
const now = 1_795_262_400_000

describe('every type', () => {
  test('reads anything without throwing, into plain JSON', () => {
    fc.assert(
      fc.property(type, anything, country, (t, raw, from) => {
        const value = parseField(t, raw, now, from)
        expect(value.type).toBe(t)
        expect(typeof value.valid).toBe('boolean')
        expect(JSON.parse(JSON.stringify(value))).toEqual(value)
      }),
      { numRuns: 3000 },
    )
  })

  test('leaves a value that is typed already as it is', () => {
    fc.assert(
      fc.property(type, anything, country, (t, raw, from) => {
        const value = parseField(t, raw, now, from)
        expect(parseField(t, value, now)).toEqual(value)
        expect(maskValue(maskValue(value))).toEqual(maskValue(value))
      }),
      { numRuns: 2000 },
    )
  })

  test('reads its own normal form as itself', () => {
    fc.assert(
      fc.property(type, nearly, country, (t, raw, from) => {
        const value = parseField(t, raw, now, from)
        // A number from abroad says its country only in what was sent.
        fc.pre(value.valid && !(t === 'phone' && value['country_calling_code'] !== 1))
        fc.pre(t !== 'phone' || from === undefined || from === 'US' || from === 'CA')
        expect(parseField(t, value.normal, now, from).normal).toEqual(value.normal)
      }),
      { numRuns: 5000 },
    )
  })

  test('takes time in proportion to the length of what it reads', () => {
    const long = ['x', ' ', '1', '-', '.', ':', '@', '(', '/', ',', 'a.', '1,', ' 1', '*', '€'].map((part) =>
      part.repeat(10_000 / part.length),
    )
    for (const t of fieldTypes) {
      for (const text of long) {
        const before = performance.now()
        parseField(t, `1${text.slice(2)}z`)
        parseField(t, `a${text.slice(2)}1`)
        expect(performance.now() - before, `${t} on ${text.slice(0, 4)}…`).toBeLessThan(500)
      }
    }
  })

  test('has a valid sample, and words to show it with', () => {
    for (const t of fieldTypes) {
      const value = sampleLead(['custom'], () => t)['custom']
      expect(value).toMatchObject({ type: t, valid: true })
      expect(value && displayValue(value)).not.toBe('')
    }
  })
})

const submission: fc.Arbitrary<Nested> = fc.dictionary(
  fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      'email',
      'ssn',
      'country',
      'state',
      'credit_card',
      'dob',
      'zip',
      'phone',
      'age',
      'password',
      '__proto__',
      'a.b',
    ),
  ),
  fc.oneof(
    scalar,
    fc.constantFrom('DE', 'GB', 'AU', 'United States', '2000', '0412 345 678', '01484 519892', 'Bayern', 'VIC'),
    fc.array(scalar, { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 5 }), scalar, { maxKeys: 3 }),
  ),
) as fc.Arbitrary<Nested>

test('a lead comes out of the log as it went in, with its components', () => {
  const plan = inboundPlan([
    { fields: [{ name: 'zip', type: 'postal_code' }], mappings: [{ from: 'a.b', to: 'email' }], country: 'NL' },
  ])
  fc.assert(
    fc.property(submission, (submitted) => {
      const lead = typeFields(submitted, plan, now)
      const stored = JSON.parse(JSON.stringify(packLead(lead, (name, text) => `sealed ${name} ${text}`)))
      const opened = unpackLead(stored, (name, sealed) => sealed.slice(`sealed ${name} `.length), now)
      expect(opened).toEqual(lead)
    }),
    { numRuns: 2000 },
  )
})
