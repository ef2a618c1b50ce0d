import { describe, expect, test } from 'vitest'
import { says } from '../fixtures'
import { ResponseSpec, readAnswer } from '../index'

const spec = ResponseSpec.parse({
  success_codes: [200, 201],
  parser: {
    success_path: 'status',
    success_value: 'accepted',
    id_path: 'lead_id',
    price_path: 'payout',
    reason_path: 'rejection_reason',
  },
})
const plain = ResponseSpec.parse({})
const withParser = (parser: Record<string, unknown>) => ResponseSpec.parse({ parser })

describe('a success code', () => {
  test('whose body meets the parser is accepted, with price and the buyer’s own id', () => {
    expect(readAnswer(spec, says(201, { status: 'ACCEPTED', lead_id: 77, payout: '45.50' }))).toEqual({
      outcome: 'accepted',
      statusCode: 201,
      buyerLeadId: '77',
      priceCents: 4550,
    })
  })

  test('whose body does not is rejected, with the reason found', () => {
    expect(readAnswer(spec, says(200, { status: 'rejected', rejection_reason: ' Duplicate ', lead_id: 'x' }))).toEqual({
      outcome: 'rejected',
      statusCode: 200,
      reason: 'Duplicate',
      buyerLeadId: 'x',
    })
  })

  test('without a reason says in words what was missed', () => {
    expect(readAnswer(spec, says(200, { status: 'no' })).reason).toBe('“status” is “no”, not “accepted”.')
    expect(readAnswer(spec, says(200, {})).reason).toBe('The answer has no “status”.')
  })

  test('with a body that is empty or no JSON is rejected, when a parser looks into it', () => {
    expect(readAnswer(spec, says(200, '<html>'))).toEqual({
      outcome: 'rejected',
      statusCode: 200,
      reason: 'The answer is not JSON.',
    })
    expect(readAnswer(spec, says(200))).toMatchObject({ outcome: 'rejected', reason: expect.stringContaining('empty') })
    expect(readAnswer(spec, says(200, '['.repeat(100_000))).outcome).toBe('rejected')
    expect(readAnswer(withParser({ price_path: 'p' }), says(204)).outcome).toBe('accepted')
  })

  test('is enough where there is no parser', () => {
    expect(readAnswer(plain, says(204))).toEqual({ outcome: 'accepted', statusCode: 204 })
    expect(readAnswer(plain, says(200, 'thanks'), 4500)).toMatchObject({ outcome: 'accepted', priceCents: 4500 })
  })

  test('takes numbers and yes-or-no values as they are meant', () => {
    expect(readAnswer(withParser({ success_path: 'ok', success_value: true }), says(200, { ok: 'True' })).outcome).toBe(
      'accepted',
    )
    expect(readAnswer(withParser({ success_path: 'code', success_value: '1' }), says(200, { code: 1 })).outcome).toBe(
      'accepted',
    )
    expect(readAnswer(withParser({ success_path: 'ok' }), says(200, { ok: false })).outcome).toBe('rejected')
    expect(readAnswer(withParser({ success_path: 'id' }), says(200, { id: 'a1' })).outcome).toBe('accepted')
  })

  test('paths go through lists, by index and by star', () => {
    const parser = {
      success_path: 'a.*.s',
      success_value: 'ok',
      reason_path: '$.errors[*].text',
      price_path: 'prices[1].amount',
    }
    const body = { a: [{ s: 'no' }, { s: 'OK' }], prices: [{ amount: 1 }, { amount: '$1,234.5' }] }
    expect(readAnswer(withParser(parser), says(200, body))).toMatchObject({ outcome: 'accepted', priceCents: 123450 })
    const refused = { a: [], errors: [{ text: 'zip' }, { text: ' ' }, { text: 'age' }, { text: 'zip' }] }
    expect(readAnswer(withParser(parser), says(200, refused)).reason).toBe('age, zip')
    expect(readAnswer(withParser({ success_path: 'constructor.name' }), says(200, {})).outcome).toBe('rejected')
  })

  test('a price that is none leaves the step’s', () => {
    for (const payout of [-5, 'free', null, '']) {
      expect(readAnswer(spec, says(200, { status: 'accepted', payout }), 4500).priceCents).toBe(4500)
    }
    expect(readAnswer(spec, says(200, { status: 'accepted', payout: 0 }), 4500).priceCents).toBe(0)
  })
})

describe('other codes', () => {
  test.each([500, 502, 503, 504, 599, 408, 429])('%i is an error', (status) => {
    const verdict = readAnswer(spec, says(status, '<html>'))
    expect(verdict).toMatchObject({ outcome: 'error', statusCode: status })
    expect(verdict.alert).toBeUndefined()
    expect(verdict.reason).toContain(String(status))
  })

  test.each([
    [401, 'Authentication Failed'],
    [403, 'Authentication Failed'],
    [404, 'Not found at this URL'],
    [405, 'Not found at this URL'],
    [410, 'Not found at this URL'],
  ])('%i is an error of the destination, with an alert', (status, alert) => {
    expect(readAnswer(spec, says(status))).toMatchObject({ outcome: 'error', alert, statusCode: status })
  })

  test.each([400, 402, 409, 422, 204])('%i is a rejection, with the buyer’s reason', (status) => {
    expect(readAnswer(spec, says(status, { rejection_reason: 'Bad zip' }))).toEqual({
      outcome: 'rejected',
      statusCode: status,
      reason: 'Bad zip',
    })
  })

  test('the step’s own error codes are errors; its success codes are not', () => {
    const own = ResponseSpec.parse({ success_codes: [409], error_codes: [422] })
    expect(readAnswer(own, says(422)).outcome).toBe('error')
    expect(readAnswer(own, says(409)).outcome).toBe('accepted')
    expect(readAnswer(own, says(200)).outcome).toBe('rejected')
    expect(readAnswer(own, says(503)).outcome).toBe('error')
  })

  test('a redirect is not followed: rejected, with an alert', () => {
    expect(readAnswer(plain, says(302))).toMatchObject({
      outcome: 'rejected',
      alert: expect.any(String),
      reason: expect.stringContaining('redirect'),
    })
  })
})

test('what never left is an error, what may have arrived is unknown', () => {
  expect(readAnswer(spec, { kind: 'not-sent', message: 'Connection refused' })).toEqual({
    outcome: 'error',
    reason: 'Connection refused',
  })
  expect(readAnswer(spec, { kind: 'no-answer', message: 'No answer within 30 seconds' })).toEqual({
    outcome: 'unknown',
    reason: 'No answer within 30 seconds',
  })
})
