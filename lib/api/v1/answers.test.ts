import { expect, test } from 'vitest'
import { testDatabase } from '../../../db/testing/index'
import { aCompany } from './testing'

testDatabase()

test('a program tries an answer as the form does, in the names of the document', async () => {
  const { call } = await aCompany()
  const response = {
    parser: { type: 'text', success_path: '0', success_value: 'OK', id_path: '1', price_path: '2' },
    conditions: [{ contains: 'duplicate', outcome: 'duplicate' }],
  }
  const tried = await call('POST', '/answers/test', { response, answer: { status: 200, body: 'OK|123|45.00' } })
  expect(tried).toMatchObject({
    status: 200,
    body: {
      verdict: { outcome: 'accepted', price: 45, buyer_lead_id: '123', status_code: 200 },
      kind: 'text',
      decided: { by: 'success', at: 'parser.success_path' },
      conditions: [{ result: 'does not fit' }],
      problems: [],
    },
  })
  const wrong = await call('POST', '/answers/test', { response: { conditions: [{ outcome: 'maybe' }] }, answer: {} })
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'response.conditions.0.outcome' }] } })
})

test('where no answer came, there is none to take', async () => {
  const { call } = await aCompany()
  const flow = await call('POST', '/flows', { name: 'Solar' })
  expect((await call('GET', `/answers/last?flow_id=${flow.body['id']}&step_id=one`)).status).toBe(404)
  expect((await call('GET', '/answers/last')).status).toBe(422)
})
