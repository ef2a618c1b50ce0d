import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '../../../db/client'
import {
  accepts,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  hangsUp,
  refuses,
  type Someone,
  says,
  testDatabase,
} from '../../../db/testing/index'
import { getLead } from '../../leads/index'
import { intakeApp } from './app'

testDatabase()

let seller: Someone
let buyer: Awaited<ReturnType<typeof aPeer>>
let flow: Awaited<ReturnType<typeof aLiveFlow>>

const document = (url: string, feedback = {}) => ({
  fields: [{ name: 'email', type: 'email' as const }],
  steps: [
    { id: 'gate', type: 'filter' as const, name: 'Gate', stop_when: "lead.state == 'XX'", reason: 'Not here' },
    aManualStep({ url }),
  ],
  feedback,
})

beforeAll(async () => {
  seller = await aSeller()
  buyer = await aPeer()
  flow = await aLiveFlow(seller.actor, document(buyer.url))
})

let number = 0
/** Submits a lead and answers the ids of its events by type. */
async function submitted(more: Record<string, string> = {}, path = flow.path) {
  const body = new URLSearchParams({ email: `f${++number}@example.com`, ...more })
  const answer = await intakeApp.request(path, { method: 'POST', body })
  const { lead } = (await answer.json()) as { lead: { id: string } }
  const events = await pool().sql<
    { id: string; type: string }[]
  >`select id, type from events where lead_id = ${lead.id}`
  const idOf = (type: string) => events.find((event) => event.type === type)?.id ?? ''
  return { leadId: lead.id, delivery: idOf('delivery'), source: idOf('source'), filter: idOf('filter') }
}

const send = (eventId: string, body: unknown, headers: Record<string, string> = {}) =>
  intakeApp.request(`/feedback?event_id=${eventId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const aReturn = { type: 'return', reason: 'Wrong number' }

describe('feedback that is accepted', () => {
  test('a return within the window, and a conversion', async () => {
    const { delivery } = await submitted()
    for (const body of [aReturn, { type: 'conversion' }]) {
      const answer = await send(delivery, body)
      expect(answer.status).toBe(201)
      expect(await answer.text()).toBe('{"outcome":"success"}')
    }
  })

  test('comes as JSON, XML or form', async () => {
    const bodies: [string, string][] = [
      ['application/json', JSON.stringify(aReturn)],
      [
        'text/xml',
        '<?xml version="1.0" encoding="utf-8" ?><feedback><type>return</type><reason>Wrong number</reason></feedback>',
      ],
      ['application/xml', '<feedback><type>return</type><reason>Wrong number</reason></feedback>'],
      ['application/x-www-form-urlencoded', 'type=return&reason=Wrong+number'],
    ]
    for (const [type, body] of bodies) {
      const { delivery } = await submitted()
      const answer = await send(delivery, body, { 'content-type': type })
      expect([type, answer.status, await answer.json()]).toEqual([type, 201, { outcome: 'success' }])
    }
  })

  test('is answered as XML and as text too', async () => {
    const { delivery } = await submitted()
    const xml = await send(delivery, aReturn, { accept: 'text/xml' })
    expect(await xml.text()).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n<result>\n  <outcome>success</outcome>\n</result>',
    )
    const text = await send(delivery, { type: 'conversion' }, { accept: 'text/plain' })
    expect(await text.text()).toBe('outcome: success')
  })

  test('stands on the lead', async () => {
    const { delivery, leadId } = await submitted()
    await send(delivery, aReturn)
    const lead = await getLead(seller.actor, leadId)
    const event = lead.ok ? lead.value.events.find((one) => one.type === 'feedback') : undefined
    expect(event).toMatchObject({
      outcome: 'success',
      aboutEventId: delivery,
      feedback: { type: 'return', reason: 'Wrong number' },
    })
  })

  test('repeated, gets the first answer and leaves one event', async () => {
    const { delivery, leadId } = await submitted()
    await Promise.all([send(delivery, aReturn), send(delivery, aReturn)])
    expect(await (await send(delivery, aReturn)).json()).toEqual({ outcome: 'success' })
    const events = await pool().sql`select 1 from events where lead_id = ${leadId} and type = 'feedback'`
    expect(events.length).toBe(1)
  })

  test('on a lead whose buyer never answered: the buyer has it after all', async () => {
    buyer.now(hangsUp)
    const { delivery } = await submitted()
    buyer.now(accepts)
    expect(await (await send(delivery, { type: 'conversion' })).json()).toEqual({ outcome: 'success' })
  })
})

describe('feedback that is refused, each with its own reason', () => {
  const refused = async (answer: Response, reason: string | RegExp) => {
    expect(answer.status).toBe(201)
    expect(await answer.json()).toEqual({
      outcome: 'failure',
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
    })
  }

  test('an event that is not known: 404', async () => {
    const answer = await send('0197a000-0000-7000-8000-000000000000', aReturn)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ outcome: 'error' })
    expect((await send('nonsense', aReturn)).status).toBe(404)
  })

  test('a lead id in place of the event id', async () => {
    const { leadId } = await submitted()
    await refused(await send(leadId, aReturn), 'This is a lead ID; send the event ID')
  })

  test('the event of a source or of a filter', async () => {
    const { source, filter } = await submitted()
    await refused(await send(source, aReturn), /event of a source/)
    await refused(await send(filter, aReturn), /event of a filter/)
  })

  test('a lead that was rejected, failed or skipped', async () => {
    buyer.now(refuses('No'))
    const rejected = await submitted()
    buyer.now(says(503, {}))
    const failed = await submitted()
    buyer.now(accepts)
    await refused(await send(rejected.delivery, aReturn), /rejected/)
    await refused(await send(failed.delivery, aReturn), /not delivered/)
    const own = await aLiveFlow(seller.actor, {
      steps: [aManualStep({ url: buyer.url, eligible_when: "lead.state == 'CA'" })],
    })
    const skipped = await submitted({ state: 'NY' }, own.path)
    await refused(await send(skipped.delivery, aReturn), /skipped/)
  })

  test('a test lead, also by the id as it was sent', async () => {
    const { delivery } = await submitted({ is_test: 'true' })
    await refused(await send(delivery, aReturn), /test lead/)
    await refused(await send(`TEST_${delivery}`, aReturn), /test lead/)
  })

  test('a type that is not allowed names those that are', async () => {
    const { delivery } = await submitted()
    await refused(await send(delivery, { type: 'complaint' }), /not allowed.*return, conversion/)
    const own = await aLiveFlow(seller.actor, document(buyer.url, { conversion: { allowed: false } }))
    const { delivery: other } = await submitted({}, own.path)
    await refused(await send(other, { type: 'conversion' }), /not allowed.*return/)
  })

  test('a return after N days', async () => {
    const { delivery } = await submitted()
    await pool().sql`update events set started_at = now() - interval '7 days 1 minute' where id = ${delivery}`
    await refused(await send(delivery, aReturn), 'Must provide return within 7 days')
  })

  test('a return without the reason that the flow demands, or with another than it lists', async () => {
    const rules = { return: { allowed: true, within_days: 7, reasons: ['Wrong number'], reason_required: true } }
    const own = await aLiveFlow(seller.actor, document(buyer.url, rules))
    const { delivery } = await submitted({}, own.path)
    await refused(await send(delivery, { type: 'return' }), 'Reason is required')
    await refused(await send(delivery, { type: 'return', reason: 'Because' }), /Wrong number/)
    expect(await (await send(delivery, { type: 'return', reason: 'wrong number' })).json()).toEqual({
      outcome: 'success',
    })
  })
})

describe('what the protocol refuses', () => {
  test('another method, no Content-Type, another one, an Accept that cannot be met, a body that does not parse', async () => {
    const { delivery } = await submitted()
    const path = `/feedback?event_id=${delivery}`
    const put = await intakeApp.request(path, { method: 'PUT' })
    expect([put.status, put.headers.get('allow'), await put.text()]).toEqual([
      405,
      'POST',
      'The PUT method is not allowed',
    ])
    expect((await intakeApp.request(path, { method: 'POST', body: Buffer.from('type=return') })).status).toBe(415)
    expect((await send(delivery, 'x', { 'content-type': 'Monkies' })).status).toBe(415)
    expect((await send(delivery, aReturn, { accept: 'image/png' })).status).toBe(406)
    expect((await send(delivery, '{"type":')).status).toBe(400)
    expect((await send(delivery, 'w…', { 'content-type': 'text/xml' })).status).toBe(400)
    expect((await send(delivery, { ...aReturn, notes: 'x'.repeat(1_100_000) })).status).toBe(413)
  })
})
