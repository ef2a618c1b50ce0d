import { describe, expect, test } from 'vitest'
import type { Nested } from '../types'
import { flattenNested, inboundPlan, resolveAlias, typeFields } from './index'

const empty = inboundPlan([{ mappings: [] }])
const normals = (submitted: Nested, plan = empty) =>
  Object.fromEntries(Object.entries(typeFields(submitted, plan)).map(([name, value]) => [name, value.normal]))

describe('what a source submits', () => {
  test('is kept, whether the flow knows it or not', () => {
    const plan = inboundPlan([{ fields: [{ name: 'score', type: 'number' }], mappings: [] }])
    const lead = typeFields({ score: '$5', shoe_size: ' 44 ', phone_1: '512-788-1111', agreed: true }, plan)
    expect(lead).toMatchObject({
      score: { type: 'number', normal: 5 },
      shoe_size: { type: 'string', raw: ' 44 ', normal: '44' },
      phone_1: { type: 'phone', normal: '5127881111' },
      agreed: { type: 'string', raw: true, normal: 'true' },
    })
  })

  test('gets the type the flow gives it, not the usual one', () => {
    const plan = inboundPlan([{ fields: [{ name: 'age', type: 'number' }], mappings: [] }])
    expect(typeFields({ age: '25-34' }, plan)).toMatchObject({ age: { type: 'number', valid: false } })
    expect(typeFields({ age: '25-34' }, empty)).toMatchObject({ age: { type: 'range', avg: 29.5 } })
  })

  test('is found by the other names of standard fields, in any letter case', () => {
    expect(normals({ Zip_Code: '78704', phone: '5127881111', Email: 'A@B.com', FirstName: 'Ana' })).toEqual({
      postal_code: '78704',
      phone_1: '5127881111',
      email: 'a@b.com',
      first_name: 'Ana',
    })
  })

  test('keeps a second value under its own name when the standard field has one', () => {
    expect(normals({ phone: '3052270529', phone_1: '5127881111' })).toEqual({
      phone_1: '5127881111',
      phone: '3052270529',
    })
    expect(normals({ phone: '3052270529', phone_1: '' })).toEqual({ phone_1: '3052270529' })
  })

  test('stays under a name that the flow itself lists', () => {
    const plan = inboundPlan([{ fields: [{ name: 'zip', type: 'postal_code' }], mappings: [] }])
    expect(normals({ zip: '78704' }, plan)).toEqual({ zip: '78704' })
  })

  test('goes where inbound mappings say, later ones over earlier ones, never a blank over a value', () => {
    const plan = inboundPlan([
      {
        fields: [],
        mappings: [
          { from: 'first name', to: 'first_name' },
          { from: 'nick', to: 'first_name' },
        ],
      },
    ])
    expect(normals({ 'first name': 'Ana', nick: ' ' }, plan)).toEqual({ first_name: 'Ana' })
    expect(normals({ first_name: 'Maria', 'first name': 'Ana', nick: 'Annie' }, plan)).toEqual({ first_name: 'Annie' })
  })

  test('goes where the source maps it, when source and flow differ', () => {
    const plan = inboundPlan([
      {
        fields: [],
        mappings: [
          { from: 'ref', to: 'reference' },
          { from: 'amt', to: 'loan_amount' },
        ],
      },
      { mappings: [{ from: 'ref', to: 'affiliate_id' }] },
    ])
    expect(normals({ ref: 'x', amt: '250k' }, plan)).toEqual({ affiliate_id: 'x', loan_amount: 250_000 })
  })

  test('is named by dots where it is nested, and by position where it repeats', () => {
    const submitted = {
      mortgage: { loan: { amount: '250k' } },
      vehicle: [{ year: 2003 }, { year: '2010' }],
      tags: ['a', 'b'],
    }
    expect(normals(submitted)).toEqual({
      'mortgage.loan.amount': 250_000,
      'vehicle.0.year': 2003,
      'vehicle.1.year': 2010,
      tags: ['a', 'b'],
    })
    expect(normals({ vehicle: { 0: { year: '2003' } } })).toEqual({ 'vehicle.0.year': 2003 })
  })

  test('never puts a secret under a plain name', () => {
    const lead = typeFields(
      { social_security_number: '123-45-6789', SSN: '111-11-1111', CVV: '123', card_number: '4111111111111111' },
      empty,
    )
    expect(
      Object.values(lead)
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['credential', 'credit_card', 'ssn', 'ssn'])
  })

  test('cannot reach a prototype', () => {
    const submitted = JSON.parse(
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"a.__proto__.b":1,"x":{"prototype":1},"ok":1}',
    )
    expect(normals(submitted)).toEqual({ ok: '1' })
    expect(typeFields({ toString: 'a', hasOwnProperty: 'b' } as Nested, empty)).toMatchObject({
      toString: { normal: 'a' },
    })
    expect(resolveAlias('toString')).toBe('toString')
    expect(typeFields({}, empty)['toString']).toBeUndefined()
  })

  test('is at most 500 fields, however they are mapped', () => {
    const many = Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`f${i}`, `${i}`]))
    expect(Object.keys(typeFields(many, empty))).toHaveLength(500)
    const plan = inboundPlan([{ mappings: Array.from({ length: 500 }, (_, i) => ({ from: 'f0', to: `t${i}` })) }])
    expect(Object.keys(typeFields(many, plan))).toHaveLength(500)
  })

  test('may be as odd as it likes', () => {
    const circular: Nested = { a: '1' }
    circular['self'] = circular
    circular['list'] = [circular, circular]
    expect(typeFields(circular, empty)).toMatchObject({ a: { normal: '1' } })
    expect(flattenNested({ '': '1', ' ': '2', empty: {}, none: [] })).toEqual([
      ['', '1'],
      [' ', '2'],
      ['none', []],
    ])
    expect(Object.keys(typeFields({ '': '1', ' ': '2', ['n'.repeat(1000)]: '3' }, empty))).toEqual(['n'.repeat(200)])
  })
})
