import { expect, test } from 'vitest'
import { testDatabase } from '../../../db/testing/index'
import { aCompany, type Json } from './testing'

testDatabase()

test('a partner is made, limited, paused and taken away by the API alone', async () => {
  const { call } = await aCompany()
  const schedule = { days: ['Mon', 'Tue'], hours: { start: '09:00', end: '17:00' } }
  const given = { name: 'Coastal Mutual', contact_name: 'Ben Ortiz', transfer_phone: '+1 512 789 1112', schedule }
  const made = await call('POST', '/partners', given)
  expect(made).toMatchObject({ status: 201, body: { ...given, type: 'partner', status: 'active', caps: null } })
  const path = `/partners/${made.body['id']}`
  expect((await call('POST', '/partners', { name: 'coastal mutual' })).status).toBe(409)
  expect((await call('POST', '/partners', { name: 'X', transfer_phone: 'none' })).body['errors']).toMatchObject([
    { path: 'transfer_phone' },
  ])
  const changed = await call('PATCH', path, { status: 'paused', caps: { daily: 50, daily_spend: 100 }, schedule: null })
  expect(changed).toMatchObject({ status: 200, body: { ...given, status: 'paused', schedule: null } })
  expect((await call('GET', `${path}/caps`)).body['data']).toMatchObject([
    { of: 'partner', name: 'Coastal Mutual', unit: 'leads', period: 'day', used: 0, limit: 50 },
    { of: 'partner', unit: 'money', period: 'day', used: 0, limit: 100 },
  ])
  expect((await call('GET', path)).body).toMatchObject({ uses: [], connections: [], caps: { daily: 50 } })
  expect((await call('GET', '/partners?q=coast')).body['data'] as Json[]).toHaveLength(1)
  expect((await call('GET', '/partners?limit=0')).status).toBe(422)
  const stranger = await aCompany()
  expect((await stranger.call('GET', path)).status).toBe(404)
  expect((await call('DELETE', path)).status).toBe(204)
  expect((await call('GET', path)).status).toBe(404)
})
