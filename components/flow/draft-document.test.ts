import { expect, test } from 'vitest'
import { FlowDocument } from '../../lib/engine/schema'
import { adoptSecrets, insertStep, moveStepTo, newFilter, newManualBuyer, stepIdFor, withStep } from './draft-document'

const withBuyers = (...names: string[]) =>
  FlowDocument.parse({ steps: names.map((name) => newManualBuyer(name, name, 'https://buyer.example/leads', [])) })

const withToken = (document: FlowDocument, id: string, token: string | { secret: string }) =>
  withStep(document, id, (step) => {
    if (step.type !== 'buyer' || step.connection.method !== 'manual') return step
    const endpoint = { ...step.connection.endpoint, auth: { type: 'bearer' as const, token } }
    return { ...step, connection: { ...step.connection, endpoint } }
  })

test('a saved secret becomes a reference in the draft, and what was typed meanwhile stays', () => {
  const sent = withToken(withBuyers('one', 'two'), 'one', 'typed')
  const saved = withToken(sent, 'one', { secret: 'sec_1' })
  const now = withStep(sent, 'two', (step) => ({ ...step, name: 'Typed meanwhile' }))
  expect(adoptSecrets(now, sent, saved)).toEqual(
    withStep(saved, 'two', (step) => ({ ...step, name: 'Typed meanwhile' })),
  )
})

test('a secret of a buyer that was moved while it was saved becomes its reference, and no other buyer’s', () => {
  const [one, two] = withBuyers('one', 'two').steps
  const grouped = (...buyers: unknown[]) =>
    FlowDocument.parse({ steps: [{ id: 'group', type: 'distribution', name: 'Group', buyers }] })
  const sent = withToken(withToken(grouped(one, two), 'one', 'typed'), 'two', 'typed')
  const saved = withToken(withToken(sent, 'one', { secret: 'sec_1' }), 'two', { secret: 'sec_2' })
  const [group] = sent.steps
  const [before, after] = group?.type === 'distribution' ? group.buyers : []
  const [oneNow, twoNow] = saved.steps[0]?.type === 'distribution' ? saved.steps[0].buyers : []
  expect(adoptSecrets(grouped(after, before), sent, saved)).toEqual(grouped(twoNow, oneNow))
})

test('a secret typed again while the first was being saved is not lost', () => {
  const sent = withToken(withBuyers('one'), 'one', 'first')
  const saved = withToken(sent, 'one', { secret: 'sec_1' })
  const now = withToken(sent, 'one', 'second')
  expect(adoptSecrets(now, sent, saved)).toEqual(now)
})

test('steps get readable ids that never repeat', () => {
  expect(stepIdFor('Premium Insurance Buyer', [])).toBe('premium-insurance-buyer')
  expect(stepIdFor('Premium', [{ id: 'premium' }, { id: 'premium-2' }])).toBe('premium-3')
  expect(stepIdFor('1st buyer', [])).toBe('step-1st-buyer')
  expect(stepIdFor('买家', [])).toBe('step')
})

test('a step moves to any place and stops at the ends', () => {
  const ids = (document: FlowDocument) => document.steps.map(({ id }) => id)
  const document = withBuyers('a', 'b', 'c')
  expect(ids(moveStepTo(document, 'c', 0))).toEqual(['c', 'a', 'b'])
  expect(ids(moveStepTo(document, 'a', -1))).toEqual(['a', 'b', 'c'])
  expect(ids(moveStepTo(document, 'c', 9))).toEqual(['a', 'b', 'c'])
})

test('a removed step comes back once, where it was', () => {
  const filter = newFilter('adults', 'Adults only')
  const back = insertStep(withBuyers('a', 'b'), filter, 1)
  expect(back.steps.map(({ id }) => id)).toEqual(['a', 'adults', 'b'])
  expect(insertStep(back, filter, 0)).toEqual(back)
})
