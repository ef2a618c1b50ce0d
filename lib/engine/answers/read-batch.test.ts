import { expect, test } from 'vitest'
import type { z } from 'zod'
import { type Answer, explainAnswer, ResponseSpec, readBatchAnswer } from '../index'

const answered = (body: unknown, status = 200): Answer => ({
  kind: 'answer',
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const paths = { success_path: 'ok', reason_path: 'why', price_path: 'price', id_path: 'id' }
const read = (parser: NonNullable<z.input<typeof ResponseSpec>['parser']>, answer: Answer, ids = ['e1', 'e2', 'e3']) =>
  readBatchAnswer(ResponseSpec.parse({ parser: { ...paths, ...parser } }), answer, ids).map(({ verdict }) => verdict)
const outcomes = (...given: Parameters<typeof read>) => read(...given).map(({ outcome }) => outcome)

const byId = { items_path: 'results', item_event_path: 'event' }
const results = [
  { event: 'E3', ok: false, why: 'Too old' },
  { event: 'e1', ok: true, price: 12.5, id: 'b-77' },
]

test('one answer is that of all leads, and its price is nobody’s', () => {
  const verdicts = read({}, answered({ ok: true, price: 900, id: 'import-4' }))
  expect(verdicts.map(({ outcome, priceCents, buyerLeadId }) => [outcome, priceCents, buyerLeadId])).toEqual([
    ['accepted', undefined, 'import-4'],
    ['accepted', undefined, 'import-4'],
    ['accepted', undefined, 'import-4'],
  ])
})

test('items are found by the event id, and read each as an answer by itself', () => {
  expect(read(byId, answered({ results }))).toMatchObject([
    { outcome: 'accepted', priceCents: 1250, buyerLeadId: 'b-77' },
    { outcome: 'unknown', reason: 'The answer does not name this lead.' },
    { outcome: 'rejected', reason: 'Too old' },
  ])
})

test('items are found by their place where there are as many as leads, and not else', () => {
  const items = [{ ok: true }, { ok: false, why: 'No' }, { ok: true }]
  expect(outcomes({ items_path: '$' }, answered(items))).toEqual(['accepted', 'rejected', 'accepted'])
  expect(outcomes({ items_path: '$' }, answered(items.slice(1)))).toEqual(['unknown', 'unknown', 'unknown'])
})

test('items stand in XML too, with or without the name of its root', () => {
  const xml =
    '<r:answer xmlns:r="urn:x"><list><row event="e2"><ok>true</ok><id>7 &amp; 8</id></row><row event="e1"><ok>false</ok><why>No</why></row></list></r:answer>'
  for (const items of ['list.row', 'answer.list.row']) {
    const verdicts = read({ type: 'xml', items_path: items, item_event_path: '@event' }, answered(xml))
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['rejected', 'accepted', 'unknown'])
    expect(verdicts[1]?.buyerLeadId).toBe('7 & 8')
  }
})

test.each([
  ['a success without the list leaves all unknown', answered({ fine: true }), 'unknown'],
  ['a failure is that of all, whatever it lists', answered({ results }, 503), 'error'],
  ['a refusal without a list is that of all', answered({ why: 'Malformed' }, 400), 'rejected'],
  ['no answer leaves all unknown', { kind: 'no-answer', message: 'Timeout' } as Answer, 'unknown'],
  ['what never left is an error of all', { kind: 'not-sent', message: 'Refused' } as Answer, 'error'],
])('%s', (_, answer, outcome) => {
  expect(new Set(outcomes(byId, answer))).toEqual(new Set([outcome]))
})

test('a multi-status is no refusal: its items say what became of each lead', () => {
  expect(outcomes(byId, answered({ results }, 207))).toEqual(['accepted', 'unknown', 'rejected'])
  expect(outcomes(byId, answered({ fine: true }, 207))).toEqual(['unknown', 'unknown', 'unknown'])
})

test('a list with a refusing status says of each lead what it refuses', () => {
  expect(outcomes(byId, answered({ results }, 422))).toEqual(['rejected', 'unknown', 'rejected'])
})

test('whoever tries an answer sees how its first item is read', () => {
  const spec = ResponseSpec.parse({ parser: { ...paths, ...byId } })
  const { decided, verdict } = explainAnswer(spec, answered({ results }))
  expect(verdict).toMatchObject({ outcome: 'rejected', reason: 'Too old' })
  expect(decided.words).toMatch(/^Item 1 of 2: 200 is a success code/)
})
