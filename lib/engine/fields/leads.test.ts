import { describe, expect, test } from 'vitest'
import { fieldTypes } from '../schema'
import {
  aliases,
  catalogue,
  contactKeys,
  displayValue,
  inboundPlan,
  maskValue,
  packLead,
  parseField,
  sampleLead,
  typeFields,
  typeOfField,
} from './index'

const plan = inboundPlan([{ mappings: [] }])

describe('the catalogue', () => {
  test('has hundreds of fields of every line of business', () => {
    expect(catalogue.length).toBeGreaterThan(450)
    const groups = new Set(catalogue.map(({ group }) => group))
    for (const group of 'Contact Address Consent Campaign Insurance Mortgage Vehicle Solar Education Legal'.split(' '))
      expect(groups).toContain(group)
  })

  test('gives an example that its type reads', () => {
    for (const { name, type, example } of catalogue)
      expect(parseField(type, example), name).toMatchObject({ valid: true })
  })

  test('gives each other name to one field', () => {
    const all = catalogue.flatMap(({ aliases: others }) => others)
    expect(new Set(all).size).toBe(all.length)
    expect(all.every((alias) => alias === alias.toLowerCase())).toBe(true)
  })

  test('names each field once, with a label and a group', () => {
    const names = catalogue.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.every((name) => /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/.test(name))).toBe(true)
    expect(catalogue.every(({ label, group }) => label !== '' && group !== '')).toBe(true)
  })

  test('has every field that an alias means, and no alias is a field', () => {
    for (const [alias, name] of Object.entries(aliases)) {
      expect(typeOfField(name), alias).toBeDefined()
      expect(typeOfField(alias), alias).toBeUndefined()
    }
  })

  test('has a valid sample for each of its fields', () => {
    const lead = sampleLead(catalogue.map(({ name }) => name))
    for (const { name, type } of catalogue) expect(lead[name], name).toMatchObject({ type, valid: true })
  })
})

test('the test lead is the one everybody knows', () => {
  const normals = Object.fromEntries(
    Object.entries(sampleLead(['state', 'custom'])).map(([name, { normal }]) => [name, normal]),
  )
  expect(normals).toEqual({
    test_mode: true,
    lead_id: 'TEST_123',
    email: 'test@example.com',
    phone_1: '5555551234',
    first_name: 'Test',
    last_name: 'Lead',
    state: 'TX',
    custom: 'Test',
  })
})

test('no secret lies in the log in clear', () => {
  const lead = typeFields(
    { ssn: ['123-45-6789', 'my ssn'], password: 'hunter2', credit_card: '4111111111111111', dob: '1/2/1980' },
    plan,
  )
  const packed = packLead(lead, () => 'sealed')
  expect(JSON.stringify(packed)).not.toMatch(/6789|my ssn|hunter|41111/)
  expect(packed).toEqual({
    ssn: { type: 'ssn', value: ['***-**-****', '***-**-****'], invalid: true, sealed: 'sealed' },
    password: { type: 'credential', value: '********', sealed: 'sealed' },
    credit_card: { type: 'credit_card', value: '************1111' },
    dob: { type: 'dob', value: '1980-01-02', raw: '1/2/1980' },
  })
})

test('whoever may not read a value sees its length in stars, in every type', () => {
  for (const type of fieldTypes) {
    const value = sampleLead(['x'], () => type)['x']
    if (!value) throw new Error(type)
    const { type: kept, valid, ...rest } = maskValue(value)
    expect([kept, valid]).toEqual([type, value.valid])
    expect(JSON.stringify(Object.values(rest)), type).toMatch(/^[[\]",*null]*$/)
  }
  expect(maskValue(parseField('dob', '1/2/1980')).normal).toBe('**********')
})

test('a lead is read as people write where it is from', () => {
  const german = inboundPlan([{ mappings: [], country: 'DE' }])
  const submitted = { phone: '030 22610', zip: '10115', state: 'Berlin' }
  expect(typeFields(submitted, german)).toMatchObject({
    phone_1: { normal: '3022610', country_calling_code: 49, valid: true },
    postal_code: { normal: '10115', country_code: 'DE', valid: true },
    state: { normal: 'Berlin', valid: true },
  })
  expect(typeFields({ ...submitted, country: 'Austria', zip: '1010', phone: '+43 1 58858' }, german)).toMatchObject({
    postal_code: { normal: '1010', country_code: 'AT' },
    phone_1: { country_calling_code: 43 },
  })
  expect(typeFields({ zip: '10115', state: 'Berlin' }, plan)).toMatchObject({
    postal_code: { country_code: 'US' },
    state: { valid: false },
  })
})

test('a person is recognised by valid emails and phones, however they were written', () => {
  const lead = typeFields(
    { email: ' ANA@B.com', phone_1: '+1 512-788-1111 x5', phone_2: '5127881111', phone_3: '+44 1484 519892' },
    plan,
  )
  expect(contactKeys(lead)).toEqual([
    { kind: 'email', value: 'ana@b.com' },
    { kind: 'phone', value: '15127881111' },
    { kind: 'phone', value: '441484519892' },
  ])
  expect(
    contactKeys(typeFields({ email: 'na@na', phone_1: '(512) *** ****', 'company.phone': '5127881111' }, plan)),
  ).toEqual([])
})

test('values are shown as people write them', () => {
  expect(displayValue(parseField('phone', '512.788.1111x7'))).toBe('(512) 788-1111 x7')
  expect(displayValue(parseField('phone', 'call me'))).toBe('call me')
  expect(displayValue(parseField('boolean', 'y'))).toBe('Yes')
  expect(displayValue(parseField('currency', '1234.5'))).toBe('$1,234.50')
  expect(displayValue(parseField('string', ['a', 'b']))).toBe('a, b')
  expect(displayValue(parseField('ssn', 'not one'))).toBe('***-**-****')
  expect(displayValue(parseField('email', null))).toBe('')
  expect(displayValue({ type: 'credential', value: '********', sealed: 'x' })).toBe('********')
})
