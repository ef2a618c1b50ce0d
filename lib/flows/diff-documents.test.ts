import { expect, test } from 'vitest'
import { FlowDocument } from '../engine/index'
import { diffDocuments, sameJson } from './index'
import { aDocument, manualStep } from './testing'

const parse = (document: unknown) => FlowDocument.parse(document)
const texts = (before: unknown, after: unknown) =>
  diffDocuments(parse(before), parse(after)).map((change) => change.text)

test('the order of keys is no change', () => {
  expect(sameJson({ a: 1, b: [{ c: 2, d: undefined }] }, { b: [{ c: 2 }], a: 1 })).toBe(true)
  expect(sameJson([1, 2], [2, 1])).toBe(false)
  expect(sameJson({ a: null }, { a: undefined })).toBe(false)
})

test('a change is told field by field and step by step', () => {
  const before = {
    ...aDocument(manualStep(), manualStep({ id: 'second' })),
    mappings: [{ from: 'fname', to: 'first_name' }],
  }
  const after = {
    ...aDocument(manualStep({ id: 'second' }), manualStep({ active: false })),
    fields: [
      { name: 'email', type: 'string' },
      { name: 'age', type: 'number' },
    ],
    price: { cost: 5 },
  }
  expect(texts(before, after)).toEqual([
    'Field email changed: email is now string',
    'Field age added',
    'Field phone_1 removed',
    'Field state removed',
    'Mapping of fname removed',
    'Price added',
    'Buyer step Acme Insurance changed: activity or price',
    'Order of steps changed',
  ])
})

test('without a version before, everything is new', () => {
  expect(
    diffDocuments(undefined, parse({ fields: [{ name: 'email', type: 'email' }] })).every(
      (change) => change.kind === 'added',
    ),
  ).toBe(true)
})
