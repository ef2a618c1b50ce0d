import { beforeAll, describe, expect, test } from 'vitest'
import { aPeer, refuses, says, testDatabase } from '../../../db/testing/index'
import { intakeApp } from '../index'
import { aCompany, type Client, type Json } from './testing'

testDatabase()

const credential = 'sellers-own-token-0815'
let peer: Awaited<ReturnType<typeof aPeer>>
let seller: Client
let flowId: string

const document = (price: number) => ({
  acceptance: { rule: "lead.state in ['CA', 'TX'] && lead.email.valid", reason: 'Not bought here' },
  steps: [
    { id: 'adults', type: 'filter', name: 'Adults only', stop_when: 'lead.dob.age < 18', reason: 'Must be 18' },
    {
      id: 'buyer',
      type: 'buyer',
      name: 'Buyer',
      connection: {
        method: 'manual',
        endpoint: { url: peer.url, auth: { type: 'bearer', token: credential }, headers: { 'x-partner-id': 'p_123' } },
        request: { mappings: { event_id: '{{event_id}}', name: '{{lead.first_name}} {{lead.last_name}}' } },
        response: {
          success_codes: [200, 201],
          parser: { type: 'json', success_path: 'status', success_value: 'accepted' },
        },
      },
      rules: { active: true, price },
    },
  ],
})

beforeAll(async () => {
  peer = await aPeer()
  seller = (await aCompany()).call
  flowId = String((await seller('POST', '/flows', { name: 'By hand' })).body['id'])
})

describe('a flow that its seller sets up alone', () => {
  test('keeps the credential to itself: it reads as a reference, and the reference may be sent back', async () => {
    const saved = await seller('PUT', `/flows/${flowId}/draft`, document(45))
    expect((saved.body['problems'] as Json[]).filter((problem) => problem['severity'] === 'error')).toEqual([])
    const kept = saved.body['document'] as Json
    expect(JSON.stringify(kept)).toContain('"token":{"secret":"sec_')
    const again = await seller('PUT', `/flows/${flowId}/draft`, kept)
    expect([again.status, again.body['document']]).toEqual([200, kept])
    const { body } = await seller('GET', `/flows/${flowId}`)
    expect(Object.values(body['secrets'] as Json)).toMatchObject([{ last_four: '0815' }])
    expect(JSON.stringify(body)).not.toContain(credential)
  })

  test('a dry run shows the request that would go out, without the credential, and sends nothing', async () => {
    const lead = { email: 'test@example.com', state: 'CA', first_name: 'Ana', last_name: 'García' }
    const dry = await seller('POST', `/flows/${flowId}/test`, { lead, dry_run: true })
    const step = (dry.body['steps'] as Json[])[1]
    expect(step?.['request']).toMatchObject({ method: 'POST', url: peer.url })
    expect(JSON.stringify(dry.body)).not.toContain(credential)
    expect(peer.received).toEqual([])
    const wet = await seller('POST', `/flows/${flowId}/test`, { lead })
    expect(wet.body).toMatchObject({
      outcome: 'success',
      revenue: 0,
      steps: [{ id: 'adults' }, { outcome: 'accepted' }],
    })
    expect(peer.received[0]?.headers['authorization']).toBe(`Bearer ${credential}`)
  })

  test('versions say what changed, and an earlier one can be put back', async () => {
    expect((await seller('POST', `/flows/${flowId}/publish`)).body).toEqual({ version: 1 })
    await seller('PUT', `/flows/${flowId}/draft`, document(50))
    expect((await seller('POST', `/flows/${flowId}/publish`)).body).toEqual({ version: 2 })
    const { body } = await seller('GET', `/flows/${flowId}/versions`)
    const [second, first] = body['data'] as Json[]
    expect([second, first]).toMatchObject([
      { version: 2, live: true },
      { version: 1, live: false },
    ])
    expect(second?.['changes']).toMatchObject([{ kind: 'changed', path: 'steps.1' }])
    expect((await seller('POST', `/flows/${flowId}/versions/1/restore`)).body).toMatchObject({
      document: { steps: [{}, { rules: { price: 45 } }] },
    })
    expect((await seller('POST', `/flows/${flowId}/versions/9/restore`)).status).toBe(404)
    const flows = (await seller('GET', '/flows')).body['data'] as Json[]
    expect(flows).toMatchObject([{ live_version: 2, changed: true, buyer_steps: 1 }])
  })

  test('switches work at once: a step, a source and the whole flow', async () => {
    const source = (await seller('POST', `/flows/${flowId}/sources`, { name: 'Web form' })).body
    const submit = async () => {
      const body = new URLSearchParams({ email: `${crypto.randomUUID()}@example.com`, state: 'CA', dob: '1990-04-01' })
      const answer = await intakeApp.request(new URL(String(source['submit_url'])).pathname, { method: 'POST', body })
      return { status: answer.status, ...((await answer.json()) as { outcome?: string; message?: string }) }
    }
    expect(await submit()).toMatchObject({ status: 201, outcome: 'success' })
    await seller('POST', `/flows/${flowId}/steps/buyer/disable`)
    expect(await submit()).toMatchObject({ outcome: 'failure' })
    await seller('POST', `/flows/${flowId}/steps/buyer/enable`)
    expect(await submit()).toMatchObject({ outcome: 'success' })
    await seller('PATCH', `/flows/${flowId}/sources/${source['id']}`, { enabled: false })
    expect(await submit()).toMatchObject({ status: 403, message: 'Source is disabled' })
    expect((await seller('PATCH', `/flows/${flowId}`, { enabled: false })).body['enabled']).toBe(false)
    expect(await submit()).toMatchObject({ status: 403, message: 'Flow is disabled' })
  })
})

describe('a destination that is live', () => {
  test('keeps what it has when a change does not get a test lead through', async () => {
    const body = {
      name: 'CRM',
      integration: 'webhook',
      endpoint: { url: peer.url },
      request: { mappings: { id: '{{event_id}}' } },
      response: { success_codes: [201], parser: { success_path: 'status', success_value: 'accepted' } },
      insecure_confirmed: true,
    }
    const at = `/destinations/${(await seller('POST', '/destinations', body)).body['id']}`
    await seller('POST', `${at}/test`)
    await seller('POST', `${at}/acknowledge`)
    expect((await seller('POST', `${at}/go-live`)).body['status']).toBe('live')
    peer.now(refuses('Not today'))
    const refused = await seller('PATCH', at, { request: { mappings: { number: '{{event_id}}' } } })
    expect(refused.status).toBe(422)
    expect((await seller('GET', at)).body).toMatchObject({
      status: 'live',
      request: { mappings: { id: '{{event_id}}' } },
    })
    expect((await seller('PATCH', at, { description: 'The office' })).body).toMatchObject({ description: 'The office' })
    expect((await seller('POST', `${at}/disable`)).body['status']).toBe('disabled')
    expect((await seller('DELETE', at)).status).toBe(204)
    expect((await seller('GET', at)).status).toBe(404)
  })

  test('is pinged by what it was told, says what a test ping bid, and lets go of it again', async () => {
    peer.now(says(200, { price: 41.5, ping_id: 'P-1' }))
    const made = await seller('POST', '/destinations', {
      name: 'Bids',
      integration: 'webhook',
      endpoint: { url: peer.url },
      request: { mappings: { id: '{{event_id}}', ref: '{{ping.id}}' } },
      response: { success_codes: [200] },
      ping: {
        endpoint: { url: peer.url },
        request: { mappings: { st: '{{lead.state}}' } },
        response: { parser: { price_path: 'price', id_path: 'ping_id' } },
      },
      insecure_confirmed: true,
    })
    expect(made).toMatchObject({ status: 201, body: { ping: { active: true, endpoint: { method: 'POST' } } } })
    const at = `/destinations/${made.body['id']}`
    const asked = await seller('POST', `${at}/test-ping`)
    expect(asked).toMatchObject({ status: 200, body: { passed: true, bid: { price: 41.5, reference: 'P-1' } } })
    const tested = await seller('POST', `${at}/test`)
    expect(tested.body).toMatchObject({ passed: true, ping: { bid: { price: 41.5 } } })
    const { body } = await seller('GET', at)
    expect(body['last_test']).toMatchObject({ ping: { passed: true } })
    const wrong = await seller('PATCH', at, { ping: { endpoint: { url: 'no address' }, request: {}, response: {} } })
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'ping.endpoint.url' }] } })
    const changed = await seller('PATCH', at, { ping: null, request: { mappings: { id: '{{event_id}}' } } })
    expect(changed.body).not.toHaveProperty('ping')
    expect((await seller('POST', `${at}/test-ping`)).status).toBe(409)
  })

  test('a destination by mail has addresses in place of an endpoint, and the default template is changed and shown', async () => {
    const email = { to: ['desk@coastal.example'], attach_csv: true }
    const { body } = await seller('POST', '/destinations', { name: 'Desk', integration: 'email', email })
    expect(body).toMatchObject({ integration: 'email', url: 'desk@coastal.example', email })
    expect(body).not.toHaveProperty('endpoint')
    const tested = await seller('POST', `/destinations/${body['id']}/test`)
    expect(tested.body).toMatchObject({ passed: true, mail: { to: email.to, attachment: 'lead.csv' } })
    const wrong = await seller('POST', '/destinations', {
      name: 'Desk 2',
      integration: 'email',
      email: { to: ['desk'] },
    })
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'email.to.0' }] } })

    expect((await seller('PUT', '/email-template', { subject: 'Ours: {{lead.email}}' })).body['changed']).toBe(true)
    const shown = await seller('POST', '/email-template/preview', { email })
    expect(shown.body).toMatchObject({ subject: '[TEST] Ours: test@example.com', csv: expect.any(String) })
    expect((await seller('PUT', '/email-template', { html: '{{ x' })).status).toBe(422)
    expect((await seller('DELETE', '/email-template')).status).toBe(204)
    expect((await seller('GET', '/email-template')).body['changed']).toBe(false)
  })

  test('the catalogue has the webhook, mail, and the sandbox, which needs no address', async () => {
    const { body } = await seller('GET', '/integrations')
    expect((body['data'] as Json[]).map((kind) => kind['id'])).toEqual(['webhook', 'email', 'sandbox'])
    const made = await seller('POST', '/destinations', {
      name: 'Try',
      integration: 'sandbox',
      settings: { mode: 'price', price: 12.5 },
    })
    expect(made.body).toMatchObject({
      integration: 'sandbox',
      insecure: false,
      settings: { mode: 'price', price: 12.5 },
    })
    const wrong = await seller('POST', '/destinations', {
      name: 'Try 2',
      integration: 'sandbox',
      settings: { mode: 'sell' },
    })
    expect((wrong.body['errors'] as Json[])[0]?.['path']).toBe('settings.mode')
  })
})
