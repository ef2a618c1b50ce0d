import { expect, test } from 'vitest'
import { testDatabase } from '../../../db/testing/index'
import { runNextBacktest } from '../../backtests/index'
import { aCompany } from './testing'

testDatabase()

test('fields of one’s own are made, found, changed and removed by key', async () => {
  const { call } = await aCompany()
  const made = await call('POST', '/fields', { name: 'loyalty_tier', type: 'string', label: 'Loyalty tier' })
  expect(made).toMatchObject({ status: 201, body: { name: 'loyalty_tier', custom: true, group: 'Your fields' } })
  expect((await call('POST', '/fields', { name: 'zip', type: 'string', label: 'Zip' })).status).toBe(409)
  const found = await call('GET', '/fields?q=zip&kind=standard')
  expect((found.body['data'] as { name: string }[]).map(({ name }) => name)).toContain('postal_code')
  expect((await call('GET', '/fields?kind=custom')).body['data']).toHaveLength(1)
  expect((await call('GET', '/fields?kind=odd')).status).toBe(422)
  expect(await call('PATCH', '/fields/loyalty_tier', { label: 'Tier' })).toMatchObject({ body: { label: 'Tier' } })
  expect((await call('PATCH', '/fields/none', { label: 'Tier' })).status).toBe(404)
  expect((await call('DELETE', '/fields/loyalty_tier')).status).toBe(204)
  expect((await call('DELETE', '/fields/loyalty_tier')).status).toBe(404)
})

test('a submission is previewed by the names of the flow and of a source', async () => {
  const { call } = await aCompany()
  const flow = (await call('POST', '/flows', { name: 'Insurance Leads' })).body
  const source = (
    await call('POST', `/flows/${flow['id']}/sources`, { name: 'Form', mappings: [{ from: 'nick', to: 'first_name' }] })
  ).body
  const submitted = { nick: 'Ana', Phone: '512-789-1111', zip: 'nowhere', shoe: 41, ssn: '123-45-6789' }
  const preview = await call('POST', `/flows/${flow['id']}/preview-submission`, { submitted, source_id: source['id'] })
  expect(preview.body['names']).toMatchObject([
    { sent: 'nick', field: 'first_name', how: 'mapped', value: 'Ana', valid: true },
    { sent: 'Phone', field: 'phone_1', how: 'alias', value: '(512) 789-1111', valid: true },
    { sent: 'zip', field: 'postal_code', how: 'alias', value: 'nowhere', valid: false },
    { sent: 'shoe', field: 'shoe', how: 'unknown', type: 'string', value: '41' },
    { sent: 'ssn', field: 'ssn', how: 'standard', value: '***-**-****' },
  ])
  const other = await aCompany('Other Leads')
  expect((await other.call('POST', `/flows/${flow['id']}/preview-submission`, { submitted })).status).toBe(404)
})

test('a backtest is asked for, followed and read by key', async () => {
  const { call } = await aCompany()
  const flow = (await call('POST', '/flows', { name: 'Insurance Leads' })).body
  const at = `/flows/${flow['id']}/backtests`
  expect(await call('POST', at, {})).toMatchObject({ status: 422, body: { errors: [{ path: 'steps' }] } })
  const draft = {
    fields: [{ name: 'email', type: 'email', strict: true }],
    steps: [
      {
        id: 'premium',
        type: 'buyer',
        name: 'Premium',
        connection: {
          method: 'manual',
          endpoint: { url: 'https://buyer.example.com' },
          request: { mappings: { id: '{{event_id}}', email: '{{lead.email}}' } },
        },
        rules: { active: true, price: 45 },
      },
    ],
  }
  expect((await call('PUT', `/flows/${flow['id']}/draft`, draft)).status).toBe(200)
  const made = await call('POST', at, { leads: { csv: 'email\nana@example.com\nnobody' } })
  expect(made).toMatchObject({ status: 201, body: { status: 'waiting', version: 'draft' } })
  expect(await call('POST', at, { leads: { last: 0 } })).toMatchObject({ status: 422 })
  for (let turn = 0; await runNextBacktest(); turn++) expect(turn).toBeLessThan(9)
  const mine = `${at}/${made.body['id']}`
  expect((await call('GET', mine)).body).toMatchObject({
    status: 'done',
    totals: { after: { leads: 2, sold: 1, revenue: 45, buyers: [{ step_id: 'premium', revenue: 45 }] } },
  })
  expect((await call('GET', `${mine}/leads?change=new&limit=1`)).body).toMatchObject({
    data: [{ position: 1, change: 'new', after: { outcome: 'success', buyers: [{ step_id: 'premium', price: 45 }] } }],
    next_cursor: '7.1',
  })
  expect((await call('GET', `${mine}/leads?cursor=7.1`)).body['data']).toMatchObject([
    { position: 2, after: { outcome: 'failure', reason: 'Email is not valid' } },
  ])
  expect((await call('POST', `${mine}/cancel`)).status).toBe(409)
  expect((await call('GET', at)).body['data']).toHaveLength(1)
})
