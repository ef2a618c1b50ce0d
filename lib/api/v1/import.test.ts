import { beforeAll, expect, test } from 'vitest'
import { aPeer, says, seedConfig, seedLead, seedToken, testDatabase } from '../../../db/testing/index'
import { startRuntime } from '../../runtime'
import { intakeApp } from '../index'
import { aCompany, type Json } from './testing'

testDatabase()
beforeAll(() => startRuntime('intake'))

test('the guide’s configuration of a buyer, written as JSON, is imported and delivers', async () => {
  const peer = await aPeer(says(201, { status: 'accepted', lead_id: 'b-77', payout: 45 }))
  const { call } = await aCompany()
  const document = { manualBuyerConfig: seedConfig(peer.url) }
  const tried = await call('POST', '/flows/import', { document, dry_run: true })
  expect(tried.body['missing']).toMatchObject([{ name: 'BUYER_API_TOKEN' }])
  const refused = await call('POST', '/flows/import', { document })
  expect([refused.status, (refused.body['errors'] as Json[])[0]?.['path']]).toEqual([422, 'secrets.BUYER_API_TOKEN'])
  const secrets = { BUYER_API_TOKEN: seedToken }
  const made = await call('POST', '/flows/import', { document, secrets, name: 'California' })
  expect((made.body['problems'] as Json[]).filter(({ severity }) => severity === 'error')).toEqual([])
  const flowId = String(made.body['flow_id'])
  expect((await call('POST', `/flows/${flowId}/publish`)).body).toEqual({ version: 1 })
  const source = await call('POST', `/flows/${flowId}/sources`, { name: 'Web form' })
  const answer = await intakeApp.request(new URL(String(source.body['submit_url'])).pathname, {
    method: 'POST',
    body: new URLSearchParams(seedLead),
  })
  expect(await answer.json()).toMatchObject({ outcome: 'success' })
  expect(peer.received[0]?.headers).toMatchObject({
    authorization: `Bearer ${seedToken}`,
    'x-partner-id': 'leadconduit_123',
    'x-test-mode': 'false',
  })
  expect(peer.received[0]?.json()).toMatchObject({
    email: 'ana@example.com',
    zip: '95814',
    source: 'Web form',
    ip_address: '203.0.113.7',
    ca_privacy_notice: true,
    ccpa_consent: true,
  })
  const { data } = (await call('GET', '/leads')).body as { data: Json[] }
  expect(data).toMatchObject([{ revenue: 45, outcome: 'success' }])
})

test('a flow is copied and exported, and two people who save it do not overwrite each other', async () => {
  const { call } = await aCompany()
  const { body: flow } = await call('POST', '/flows', { name: 'Solar' })
  const at = `/flows/${flow['id']}`
  expect((await call('POST', `${at}/duplicate`, {})).body).toMatchObject({ name: 'Solar (copy)' })
  expect((await call('GET', `${at}/export`)).body).toMatchObject({ format: 'baton.flow/1', name: 'Solar' })
  const revision = Number(flow['draft_revision'])
  const save = (cost: number) => call('PUT', `${at}/draft?revision=${revision}`, { price: { cost } })
  expect((await save(5)).body['revision']).toBe(revision + 1)
  const overtaken = await save(6)
  expect([overtaken.status, (overtaken.body['errors'] as Json[])[0]?.['path']]).toEqual([409, 'revision'])
  await call('POST', `${at}/publish`)
  expect((await call('GET', `${at}/compare?from=draft&to=draft`)).body).toEqual({ changes: [] })
  expect((await call('GET', `${at}/compare?from=1&to=draft`)).status).toBe(404)
})
