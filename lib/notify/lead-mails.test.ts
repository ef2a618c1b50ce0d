import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { db } from '../../db/client'
import { outboxMails } from '../../db/schema/records'
import {
  accepts,
  aLiveFlow,
  aManualStep,
  anSmtpServer,
  aPeer,
  aSeller,
  hangsUp,
  partOf,
  refuses,
  type Someone,
  testDatabase,
} from '../../db/testing/index'
import { intakeApp } from '../api/index'
import { getEvent } from '../events/index'
import { receiveFeedback } from '../feedback/index'
import { getLead } from '../leads/index'
import { recoverRuns, runTest } from '../runs/index'
import { forget, startRuntime } from '../runtime'
import { dayMs } from '../time'
import { sendDueMails } from './index'
import { resendTransport, smtpTransport } from './transports'

testDatabase()

const from = 'Baton <baton@acme.test>'
const desk = ['desk@buyer.test', 'night@buyer.test']
let seller: Someone
let smtp: Awaited<ReturnType<typeof anSmtpServer>>
let peer: Awaited<ReturnType<typeof aPeer>>

beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
  smtp = await anSmtpServer({ refuses: (address) => address.startsWith('nobody@') })
  peer = await aPeer()
})
beforeEach(async () => {
  await db().delete(outboxMails)
  smtp.received.length = 0
  peer.now(accepts)
})

const fields = [
  { name: 'first_name', type: 'first_name' as const },
  { name: 'email', type: 'email' as const },
  { name: 'state', type: 'state' as const },
  { name: 'ssn', type: 'ssn' as const },
]
const mailStep = (email: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  id: 'desk',
  type: 'buyer' as const,
  name: 'Sales desk',
  connection: { method: 'email' as const, email: { to: desk, ...email } },
  rules: { active: true, price: 45 },
  ...more,
})

let number = 0
async function submit(path: string, more: Record<string, string> = {}) {
  const body = new URLSearchParams({ email: `m${++number}@example.com`, first_name: 'Ana', state: 'TX', ...more })
  const answer = await intakeApp.request(path, { method: 'POST', body })
  return (await answer.json()) as { outcome: string; price: number; lead: { id: string } }
}
const send = () => sendDueMails(smtpTransport({ url: smtp.url, from }))
async function leadOf(leadId: string, actor = seller.actor) {
  const lead = await getLead(actor, leadId)
  if (!lead.ok) throw new Error('no such lead')
  return lead.value
}
async function deliveryOf(leadId: string, actor = seller.actor) {
  const found = (await leadOf(leadId, actor)).events.find(({ type }) => type === 'delivery')
  if (!found) throw new Error('no delivery')
  return found
}

describe('a buyer that takes leads by mail', () => {
  test('has the lead accepted at its price, and gets one mail with its fields and the event id', async () => {
    const flow = await aLiveFlow(seller.actor, {
      fields,
      steps: [mailStep({ cc: ['boss@buyer.test'], attach_csv: true })],
    })
    const { outcome, lead } = await submit(flow.path, { ssn: '123-45-6789' })
    expect(outcome).toBe('success')
    const event = await deliveryOf(lead.id)
    expect(event).toMatchObject({ outcome: 'accepted', priceCents: 4500, mailState: 'queued' })
    expect(await send()).toBe(1)

    const [mail] = smtp.received
    expect(mail?.to).toEqual([...desk, 'boss@buyer.test'])
    expect(mail?.headers).toMatchObject({
      to: desk.join(', '),
      cc: 'boss@buyer.test',
      subject: expect.stringMatching(/^New lead: Ana/),
      'x-baton-event-id': event.id,
      'x-baton-lead-id': lead.id,
    })
    if (!mail) throw new Error('no mail')
    for (const type of ['text/html', 'text/plain']) {
      expect(partOf(mail, type)).toContain(`m${number}@example.com`)
      expect(partOf(mail, type)).toContain(event.id)
    }
    expect(partOf(mail, 'text/csv')).toBe(
      `\ufefffirst_name,email,state,ssn\r\nAna,m${number}@example.com,TX,***-**-****\r\n`,
    )
    expect(mail.raw).not.toContain('6789')
  })

  test('shows on the event what was sent, to whom, and that it left', async () => {
    const flow = await aLiveFlow(seller.actor, { fields, steps: [mailStep({ subject: 'For you: {{lead.email}}' })] })
    const { lead } = await submit(flow.path)
    const mail = { to: desk, subject: `For you: m${number}@example.com`, text: expect.stringContaining('State: TX') }
    expect((await deliveryOf(lead.id)).mails).toEqual([{ ...mail, state: 'queued' }])
    await send()
    const event = await deliveryOf(lead.id)
    expect(event).toMatchObject({
      mails: [{ ...mail, state: 'sent' }],
      mailState: 'sent',
      sentFields: expect.arrayContaining(['email']),
    })
    expect(event).not.toHaveProperty('curl')
    const [row] = await db().select().from(outboxMails).where(eq(outboxMails.eventId, event.id))
    expect(row).toMatchObject({ subject: '', html: '', text: '', attachment: null })
  })

  test('gives feedback by the event id of its mail', async () => {
    const flow = await aLiveFlow(seller.actor, { fields, steps: [mailStep()] })
    const { lead } = await submit(flow.path)
    await send()
    const eventId = smtp.received[0]?.headers['x-baton-event-id'] ?? ''
    const said = await receiveFeedback(eventId, { type: 'return', reason: 'Wrong number', fields: {} })
    expect(said).toEqual({ outcome: 'success', status: 201 })
    expect((await leadOf(lead.id)).events.map(({ type }) => type)).toContain('feedback')
  })

  test('is told of a test, which counts nowhere', async () => {
    const flow = await aLiveFlow(seller.actor, { fields, steps: [mailStep()] })
    await submit(flow.path, { is_test: 'true' })
    await send()
    expect(smtp.received[0]?.headers).toMatchObject({
      subject: expect.stringMatching(/^\[TEST\] New lead/),
      'x-test-mode': 'true',
    })
  })

  test('one that refuses an address still gets it at the others, and the event says which', async () => {
    const flow = await aLiveFlow(seller.actor, {
      fields,
      steps: [mailStep({ to: ['desk@buyer.test', 'nobody@buyer.test'] })],
    })
    const { lead } = await submit(flow.path)
    expect(await send()).toBe(1)
    expect((await deliveryOf(lead.id)).mails).toMatchObject([
      { state: 'sent', error: 'Refused by the mail server: nobody@buyer.test' },
    ])
  })

  test('a mail that never leaves is an alert on the event', async () => {
    const flow = await aLiveFlow(seller.actor, { fields, steps: [mailStep({ to: ['nobody@buyer.test'] })] })
    const { lead } = await submit(flow.path)
    expect(await send()).toBe(0)
    expect(await deliveryOf(lead.id)).toMatchObject({ outcome: 'accepted', mailState: 'queued' })
    await db()
      .update(outboxMails)
      .set({ createdAt: new Date(Date.now() - dayMs), dueAt: new Date(0) })
    await send()
    expect(await deliveryOf(lead.id)).toMatchObject({
      outcome: 'accepted',
      mailState: 'failed',
      alert: expect.stringMatching(/could not be delivered in 24 hours of trying: .*no such mailbox/),
    })
  })

  test('a dry run shows the mail and sends none', async () => {
    const flow = await aLiveFlow(seller.actor, { fields, steps: [mailStep()] })
    const ran = await runTest(seller.actor, { flowId: flow.flowId, lead: { email: 'dry@example.com' }, dryRun: true })
    expect(ran).toMatchObject({
      ok: true,
      value: { steps: [{ mails: [{ to: desk, subject: expect.stringMatching(/^\[TEST\]/) }] }] },
    })
    expect(await send()).toBe(0)
  })
})

describe('a mail beside a delivery', () => {
  const both = (more = {}) => ({
    steps: [aManualStep({ url: peer.url, email: { to: desk, subject: 'Sold {{lead.email}}' }, ...more })],
  })

  test('follows a lead that the buyer accepted', async () => {
    const flow = await aLiveFlow(seller.actor, both())
    const { lead } = await submit(flow.path)
    expect(await send()).toBe(1)
    expect(smtp.received[0]?.headers['subject']).toBe(`Sold m${number}@example.com`)
    const event = await deliveryOf(lead.id)
    expect(event).toMatchObject({ statusCode: 201, mails: [{ to: desk, state: 'sent' }], request: { method: 'POST' } })
    expect(event).not.toHaveProperty('mailState')
  })

  test.each([
    ['refused', refuses('Not today')],
    ['never answered', hangsUp],
  ])('does not follow one that the buyer %s', async (_, answer) => {
    peer.now(answer)
    const flow = await aLiveFlow(seller.actor, both())
    await submit(flow.path)
    expect(await send()).toBe(0)
  })
})

test('a run that another process takes over after its mail step sends its mail once', { timeout: 60_000 }, async () => {
  let release = () => {}
  const slow = await aPeer()
  slow.now(async (request, response) => {
    await new Promise<void>((resolve) => {
      release = resolve
    })
    await accepts(request, response)
  })
  const flow = await aLiveFlow(seller.actor, {
    fields,
    steps: [mailStep(), aManualStep({ id: 'slow', url: slow.url })],
  })
  const answered = submit(flow.path)
  await expect.poll(() => slow.received.length).toBe(1)
  await forget('run-owner-lease')
  await forget('run-owner-id')
  await vi.waitFor(async () => expect(await recoverRuns()).toBe(1), { timeout: 30_000, interval: 500 })
  const leadId = String(slow.received[0]?.headers['x-baton-lead-id'])
  await expect.poll(async () => (await leadOf(leadId)).status).toBe('final')
  release()
  await answered
  expect(await send()).toBe(1)
  expect(smtp.received).toHaveLength(1)
  expect(await deliveryOf(leadId)).toMatchObject({ name: 'Sales desk', outcome: 'accepted', mailState: 'sent' })
})

test('Resend gets addresses, headers and the file, through its own SDK', async () => {
  const bodies: Record<string, unknown>[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      bodies.push(JSON.parse(text) as Record<string, unknown>)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"re_1"}')
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const flow = await aLiveFlow(seller.actor, {
    fields,
    steps: [mailStep({ attach_csv: true, reply_to: '{{lead.email}}' })],
  })
  const { lead } = await submit(flow.path)
  const transport = resendTransport({ apiKey: 're_test', from, baseUrl: `http://127.0.0.1:${port}` })
  expect(await sendDueMails(transport)).toBe(1)
  const event = await deliveryOf(lead.id)
  expect(bodies).toMatchObject([
    {
      to: desk,
      reply_to: `m${number}@example.com`,
      headers: { 'X-Baton-Event-Id': event.id },
      attachments: [{ filename: 'lead.csv', content_type: 'text/csv; charset=utf-8' }],
    },
  ])
  const [file] = (bodies[0]?.['attachments'] ?? []) as { content: string }[]
  expect(Buffer.from(file?.content ?? '', 'base64').toString('utf8')).toContain(`Ana,m${number}@example.com,TX`)
  expect((await getEvent(seller.actor, event.id)).ok).toBe(true)
})
