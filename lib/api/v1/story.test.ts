import { beforeAll, describe, expect, test } from 'vitest'
import { aPeer, testDatabase } from '../../../db/testing/index'
import { listOutboxMails, sendDueMails } from '../../notify/index'
import { intakeApp } from '../index'
import { aCompany, type Client, client, type Json } from './testing'

testDatabase()

const secretPath = '/hidden-intake'
const credential = 'buyers-own-token-4711'

const document = {
  fields: [
    { name: 'email', type: 'email' },
    { name: 'phone_1', type: 'phone' },
    { name: 'state', type: 'state' },
  ],
  acceptance: { rule: "lead.state in ['CA', 'TX']", reason: 'State is not bought here' },
  price: { cost: 20 },
  steps: [
    {
      id: 'coastal',
      type: 'buyer',
      name: 'Coastal Mutual',
      connection: { method: 'invite', shared_fields: ['email', 'state'] },
      rules: { active: false, price: 45 },
    },
  ],
}

let peer: Awaited<ReturnType<typeof aPeer>>
let seller: Client
let buyer: Client
const ids: Record<string, string> = {}

async function tokenFor(email: string): Promise<string> {
  await sendDueMails()
  const mails = await listOutboxMails()
  const mail = mails.find((candidate) => candidate.to === email && candidate.kind === 'invitation')
  return /\/invite\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
}

const endpoint = () => ({ url: peer.url.replace('/leads', secretPath), auth: { type: 'bearer', token: credential } })
const dataOf = (body: Json) => body['data'] as Json[]

beforeAll(async () => {
  peer = await aPeer()
})

describe('one lead all the way, by the API alone', () => {
  test('a seller signs up, makes a flow and saves its draft', async () => {
    const company = await aCompany('Meridian Leads')
    seller = company.call
    const me = await seller('GET', '/me')
    expect(me.body).toMatchObject({
      account: { name: 'Meridian Leads', plan: 'full' },
      role: 'owner',
      permissions: { sell: true },
    })
    const flow = await seller('POST', '/flows', { name: 'Insurance Leads' })
    expect(flow.status).toBe(201)
    ids['flow'] = String(flow.body['id'])
    const saved = await seller('PUT', `/flows/${ids['flow']}/draft`, document)
    expect([saved.status, saved.body['document']]).toMatchObject([200, { steps: [{ id: 'coastal' }] }])
  })

  test('invites a buyer, who reads the invitation without signing in', async () => {
    const invited = await seller('POST', '/invitations', {
      email: 'ben@coastal.example',
      purpose: 'send_leads',
      message: 'Forty leads a day.',
      flow_id: ids['flow'],
      step_id: 'coastal',
      shared_fields: ['email', 'state'],
    })
    expect([invited.status, invited.body['status']]).toEqual([201, 'pending'])
    const token = await tokenFor('ben@coastal.example')
    const read = await client()('GET', `/invitations/by-token/${token}`)
    expect(read.body).toMatchObject({
      seller: 'Meridian Leads',
      flow: 'Insurance Leads',
      shared_fields: ['email', 'state'],
    })
    ids['token'] = token
  })

  test('may publish meanwhile: the step waits for the buyer', async () => {
    const published = await seller('POST', `/flows/${ids['flow']}/publish`)
    expect([published.status, published.body]).toEqual([200, { version: 1 }])
    const early = await seller('POST', `/flows/${ids['flow']}/steps/coastal/enable`)
    expect([early.status, early.body['detail']]).toEqual([409, 'The buyer has not finished setup.'])
  })

  test('the buyer accepts as a new account and gets a key', async () => {
    const accept = `/invitations/by-token/${ids['token']}/accept`
    const wrong = await client()('POST', accept, {})
    expect(wrong.status).toBe(422)
    expect((wrong.body['errors'] as { path: string }[]).map((error) => error.path)).toEqual([
      'company',
      'name',
      'password',
    ])
    const accepted = await client()('POST', accept, {
      company: 'Coastal Mutual',
      name: 'Ben Ito',
      password: 'another-password',
    })
    expect(accepted.body).toMatchObject({
      account: { name: 'Coastal Mutual', plan: 'partner' },
      connection: { side: 'buyer' },
    })
    buyer = client(String(accepted.body['api_key']))
    ids['connection'] = String((accepted.body['connection'] as Json)['id'])
    expect(
      (await client()('POST', accept, { company: 'Late', name: 'Late', password: 'another-password' })).status,
    ).toBe(409)
  })

  test('makes a destination; plain http:// has to be confirmed, and the path of the refusal is the wire’s', async () => {
    const body = {
      name: 'Our CRM',
      integration: 'webhook',
      endpoint: endpoint(),
      request: { mappings: { id: '{{event_id}}', mail: '{{lead.email}}' } },
      response: {
        success_codes: [201],
        parser: { success_path: 'status', success_value: 'accepted', id_path: 'lead_id' },
      },
    }
    const refused = await buyer('POST', '/destinations', body)
    expect(refused.status).toBe(422)
    expect(refused.body['errors']).toMatchObject([{ path: 'insecure_confirmed' }])
    const made = await buyer('POST', '/destinations', { ...body, insecure_confirmed: true })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      status: 'draft',
      insecure: true,
      credential: { type: 'bearer', last_four: '4711' },
    })
    expect(JSON.stringify(made.body)).not.toContain(credential)
    ids['destination'] = String(made.body['id'])
    expect((await buyer('POST', '/destinations', { ...body, insecure_confirmed: true })).status).toBe(409)
  })

  test('chooses it for the connection, tests it, confirms the test and goes live, in that order', async () => {
    const at = `/destinations/${ids['destination']}`
    const chosen = await buyer('PUT', `/connections/${ids['connection']}/delivery`, {
      destination_id: ids['destination'],
    })
    expect(chosen.body).toMatchObject({ destination: { name: 'Our CRM', status: 'draft' }, setup: 'setting_up' })
    expect((await buyer('POST', `${at}/go-live`)).status).toBe(409)
    const tested = await buyer('POST', `/connections/${ids['connection']}/test`)
    expect([tested.status, tested.body['passed']]).toEqual([200, true])
    expect(JSON.stringify(tested.body)).not.toContain(credential)
    expect(peer.received.at(-1)?.headers).toMatchObject({
      'x-test-mode': 'true',
      authorization: `Bearer ${credential}`,
    })
    expect((await buyer('POST', `${at}/go-live`)).status).toBe(409)
    expect((await buyer('POST', `${at}/acknowledge`)).body['acknowledged']).toBe(true)
    expect((await buyer('POST', `${at}/go-live`)).body['status']).toBe('live')
  })

  test('the seller sees the step ready, enables it and adds a source', async () => {
    const connection = await seller('GET', `/connections/${ids['connection']}`)
    expect(connection.body).toMatchObject({ side: 'seller', setup: 'ready', endpoint: 'Configured by buyer' })
    const enabled = await seller('POST', `/flows/${ids['flow']}/steps/coastal/enable`)
    expect(enabled.body).toEqual({ step_id: 'coastal', active: true })
    const source = await seller('POST', `/flows/${ids['flow']}/sources`, { name: 'Web form', price: { cost: 21 } })
    expect(source.status).toBe(201)
    ids['submit'] = new URL(String(source.body['submit_url'])).pathname
    ids['source'] = String(source.body['id'])
  })

  test('a test lead shows what it met, but not where the buyer receives it', async () => {
    const dry = await seller('POST', `/flows/${ids['flow']}/test`, {
      lead: { email: 'test@example.com', state: 'CA' },
      dry_run: true,
    })
    const wet = await seller('POST', `/flows/${ids['flow']}/test`, { lead: { email: 'test@example.com', state: 'CA' } })
    for (const run of [dry, wet]) {
      expect(run.body).toMatchObject({ outcome: 'success', steps: [{ id: 'coastal', configured_by_buyer: true }] })
      expect(JSON.stringify(run.body)).not.toContain(secretPath)
    }
    expect(dry.body['lead_id']).toBeUndefined()
  })

  test('a submitted lead reaches the buyer', async () => {
    const answer = await intakeApp.request(ids['submit'] ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ana@example.com', phone_1: '5127891111', state: 'CA' }),
    })
    const said = (await answer.json()) as { outcome: string; price: number; lead: { id: string } }
    expect([answer.status, said.outcome, said.price]).toEqual([201, 'success', 21])
    ids['lead'] = said.lead.id
    const sent = peer.received.at(-1)
    expect(sent?.path).toBe(secretPath)
    expect(sent?.json()).toMatchObject({ mail: 'ana@example.com' })
    ids['event'] = String(sent?.json()['id'])
  })

  test('both sides see it, each as much as it may', async () => {
    const mine = await seller('GET', `/leads/${ids['lead']}`)
    expect(mine.body).toMatchObject({
      side: 'seller',
      outcome: 'success',
      price: 21,
      revenue: 45,
      source_name: 'Web form',
    })
    const theirs = await buyer('GET', `/leads/${ids['lead']}`)
    expect(theirs.body).toMatchObject({ side: 'buyer', partner_name: 'Meridian Leads', price: 45 })
    expect(Object.keys(theirs.body['data'] as Json)).toEqual(['email'])
    expect(JSON.stringify(theirs.body)).not.toContain('Web form')
    expect(dataOf((await buyer('GET', '/leads?is_test=false')).body)).toMatchObject([{ id: ids['lead'] }])

    const delivered = await seller(
      'GET',
      `/events?type=delivery&is_test=false&flow_id=${ids['flow']}&q=ana@example.com`,
    )
    expect(dataOf(delivered.body)).toMatchObject([
      { type: 'delivery', outcome: 'accepted', price: 45, connection_id: ids['connection'] },
    ])
    const event = await seller('GET', `/events/${dataOf(delivered.body)[0]?.['id']}`)
    expect(event.body).toMatchObject({
      configured_by_buyer: true,
      sent_fields: ['email'],
      status_code: 201,
      buyer_lead_id: 'b-1',
    })
    const ofBuyer = dataOf((await buyer('GET', '/events?type=delivery&is_test=false')).body)[0]
    const exchange = await buyer('GET', `/events/${ofBuyer?.['id']}`)
    expect(exchange.body).toMatchObject({ request: { method: 'POST' }, response: { status: 201 } })
    expect(JSON.stringify(exchange.body)).toContain(secretPath)
    expect(JSON.stringify(exchange.body)).not.toContain(credential)
  })

  test('the buyer returns it by its event id, and both see that', async () => {
    const answer = await intakeApp.request(`/feedback?event_id=${ids['event']}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'return', reason: 'Wrong number' }),
    })
    expect([answer.status, await answer.json()]).toEqual([201, { outcome: 'success' }])
    for (const side of [seller, buyer]) {
      const said = await side('GET', '/events?type=feedback')
      expect(dataOf(said.body)).toMatchObject([{ lead_id: ids['lead'], type: 'feedback' }])
      const { body } = await side('GET', `/events/${dataOf(said.body)[0]?.['id']}`)
      expect(body['feedback']).toMatchObject({ type: 'return', reason: 'Wrong number' })
    }
  })

  test('nothing that the seller can read says where or how the buyer receives', async () => {
    const leadId = ids['lead']
    const events = dataOf((await seller('GET', '/events?limit=200')).body).map((event) => `/events/${event['id']}`)
    const leads = dataOf((await seller('GET', '/leads')).body).map((lead) => `/leads/${lead['id']}`)
    const lists = ['/events', '/leads', '/connections', '/invitations', '/flows', '/audit', '/destinations']
    const ones = [
      `/leads/${leadId}`,
      `/flows/${ids['flow']}`,
      `/flows/${ids['flow']}/versions`,
      `/connections/${ids['connection']}`,
    ]
    for (const path of [...lists, ...ones, ...events, ...leads]) {
      const said = await seller('GET', path)
      expect(said.status, path).toBe(200)
      const text = JSON.stringify(said.body)
      for (const hidden of [secretPath, credential, new URL(peer.url).host, 'Our CRM'])
        expect(text, path).not.toContain(hidden)
    }
    expect((await seller('GET', `/destinations/${ids['destination']}`)).status).toBe(404)
  })

  test('a pause holds at once; only the side that paused resumes', async () => {
    const at = `/connections/${ids['connection']}`
    expect((await buyer('POST', `${at}/pause`)).body).toMatchObject({ status: 'paused', paused_by: 'buyer' })
    expect((await seller('POST', `${at}/resume`)).status).toBeGreaterThanOrEqual(403)
    expect((await buyer('POST', `${at}/resume`)).body).toMatchObject({ status: 'active', paused_by: null })
    expect((await seller('POST', `${at}/revoke`)).body).toMatchObject({ status: 'revoked', setup: 'revoked' })
  })
})
