import { expect, test } from 'vitest'
import { aManualStep, testDatabase } from '../../../db/testing/index'
import { aCompany } from './testing'

testDatabase()

test('who would get a lead is asked by the API: a moment, a lead, and what buyers are taken to say', async () => {
  const { call } = await aCompany()
  const { body: flow } = await call('POST', '/flows', { name: 'Solar' })
  const caps = { daily: 50, timezone: 'Europe/London' }
  const url = 'https://api.buyer.example/leads'
  const premium = { ...aManualStep({ id: 'premium', name: 'Premium', url }), conditional_delivery: { caps } }
  const buyers = [premium, aManualStep({ id: 'coastal', name: 'Coastal', url })]
  const document = {
    fields: [{ name: 'email', type: 'email' }],
    steps: [{ id: 'auction', type: 'distribution', name: 'Auction', buyers }],
  }
  await call('PUT', `/flows/${flow['id']}/draft`, document)
  const path = `/flows/${flow['id']}/simulate`
  expect(await call('POST', path, { lead: { email: 'ana@example.com' }, at: '2031-01-15T09:30' })).toMatchObject({
    status: 200,
    body: {
      outcome: 'success',
      revenue: 45,
      considered: [
        {
          step_id: 'premium',
          outcome: 'accepted',
          place: 'Priority 1',
          within: { step_id: 'auction', name: 'Auction' },
          price: 45,
          caps: [{ words: '0 of 50 a day', live: false }],
        },
        { step_id: 'coastal', outcome: 'skipped', reason: 'Not needed: sold to Premium' },
      ],
      notes: [expect.any(String)],
    },
  })
  expect((await call('POST', path, { answers: { premium: 'refuses' } })).body['considered']).toMatchObject([
    { outcome: 'rejected' },
    { outcome: 'accepted' },
  ])
  expect(await call('POST', path, { time_zone: 'Mars/Olympus' })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'time_zone' }] },
  })
  expect((await call('POST', path, { lead_id: flow['id'] })).status).toBe(404)
})
