import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { pool } from '../../db/client'
import { aLiveFlow, aManualStep, aPeer, aSeller, must, type Someone, says, testDatabase } from '../../db/testing/index'
import { intakeApp } from '../api/index'
import type { FlowDocumentInput } from '../engine/index'
import { getLead } from '../leads/index'
import { addValues, createList, deleteList } from '../lists/index'
import { forget, startRuntime } from '../runtime'
import { recoverRuns, runTest } from './index'

testDatabase()

type StepInput = NonNullable<FlowDocumentInput['steps']>[number]
type Of<Type> = Partial<Extract<StepInput, { type: Type }>>

let seller: Someone
let buyer: Awaited<ReturnType<typeof aPeer>>
let service: Awaited<ReturnType<typeof aPeer>>

beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
  buyer = await aPeer()
  service = await aPeer(says(200, { data: { score: 71, line: 'mobile' } }))
})

const fields: FlowDocumentInput['fields'] = [
  { name: 'email', type: 'email' },
  { name: 'phone_1', type: 'phone' },
  { name: 'state', type: 'state' },
  { name: 'plate', type: 'string' },
]
const aFlowOf = (...steps: StepInput[]) => aLiveFlow(seller.actor, { fields, steps })
const aBuyer = (more: Record<string, unknown> = {}) => aManualStep({ url: buyer.url, ...more })

let number = 0
const someone = () => `s${++number}@example.com`
async function submit(path: string, lead: Record<string, string>) {
  // Each submission differs, or it would join an earlier one.
  const body = new URLSearchParams({ ...lead, note: String(++number) })
  const answer = await intakeApp.request(path, { method: 'POST', body })
  return (await answer.json()) as { outcome: string; reason?: string; lead: { id: string } }
}
async function leadOf(id: string) {
  const lead = await getLead(seller.actor, id)
  if (!lead.ok) throw new Error('no such lead')
  return lead.value
}
const storyOf = async (id: string) => (await leadOf(id)).events.map(({ type, outcome }) => [type, outcome])

const duplicates = (more: Of<'duplicate_check'> = {}): StepInput => ({
  id: 'twice',
  type: 'duplicate_check',
  name: 'Not twice',
  fields: ['email', 'phone_1'],
  ...more,
})

describe('a duplicate check', () => {
  test('lets exactly one of many simultaneous leads of a person on, however they are written', async () => {
    const flow = await aFlowOf(duplicates(), aBuyer())
    const email = someone()
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        submit(flow.path, { email: at % 2 ? email.toUpperCase() : ` ${email}`, state: at % 3 ? 'CA' : 'TX' }),
      ),
    )
    expect(answers.filter(({ outcome }) => outcome === 'success')).toHaveLength(1)
    expect(answers.filter(({ reason }) => reason === 'Duplicate')).toHaveLength(39)
    expect(buyer.received.filter((got) => got.json()['email'] === email)).toHaveLength(1)
  })

  test('sees a lead that is still on its way to its buyer', async () => {
    const flow = await aFlowOf(duplicates(), aBuyer())
    const email = someone()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    buyer.now(async (request, response) => {
      await held
      says(201, { status: 'accepted' })(request, response)
    })
    const first = submit(flow.path, { email })
    await vi.waitFor(() => expect(buyer.received.at(-1)?.json()['email']).toBe(email))
    expect(await submit(flow.path, { email })).toMatchObject({ outcome: 'failure', reason: 'Duplicate' })
    release()
    expect(await first).toMatchObject({ outcome: 'success' })
  })

  test('against accepted leads waits for one on its way: its refusal lets the next one on, its sale does not', async () => {
    const flow = await aFlowOf(duplicates({ against: 'accepted' }), aBuyer())
    const email = someone()
    let refusals = 1
    buyer.now((request, response) => {
      const status = refusals-- > 0 ? 'rejected' : 'accepted'
      setTimeout(() => says(200, { status, rejection_reason: 'No' })(request, response), 100)
    })
    const answers = await Promise.all(Array.from({ length: 5 }, () => submit(flow.path, { email })))
    buyer.now(says(201, { status: 'accepted' }))
    expect(answers.map(({ outcome, reason }) => reason ?? outcome).sort()).toEqual([
      'Duplicate',
      'Duplicate',
      'Duplicate',
      'No',
      'success',
    ])
  })

  test('compares fields of one’s own, and all of them where it is told to', async () => {
    const flow = await aFlowOf(duplicates({ fields: ['plate', 'state'], match: 'all', on_match: 'mark' }), {
      ...aBuyer(),
      eligible_when: '!appended.twice.found',
    })
    const sends = async (plate: string, state: string) => (await submit(flow.path, { plate, state })).outcome
    expect(await sends('ab 12', 'CA')).toBe('success')
    expect(await sends('AB  12', 'TX')).toBe('success')
    expect(await sends(' Ab 12 ', 'california')).toBe('failure')
    const rows = await pool().sql`select value from lead_keys where kind = 'field:plate'`
    expect(JSON.stringify(rows)).not.toContain('12"')
  })

  test('knows its scope and its window', async () => {
    const email = someone()
    const one = await aFlowOf(duplicates(), aBuyer())
    const other = await aFlowOf(duplicates(), aBuyer())
    const wide = await aFlowOf(duplicates({ scope: 'account', window_days: 1 }), aBuyer())
    expect(await submit(one.path, { email })).toMatchObject({ outcome: 'success' })
    expect(await submit(other.path, { email })).toMatchObject({ outcome: 'success' })
    expect(await submit(wide.path, { email })).toMatchObject({ reason: 'Duplicate' })
  })

  test('makes nobody a duplicate of a test lead, and tells a test what a real lead would meet', async () => {
    const flow = await aFlowOf(duplicates(), aBuyer())
    const email = someone()
    const lead = { email }
    const try1 = must(await runTest(seller.actor, { flowId: flow.flowId, lead }))
    expect(try1.outcome).toBe('success')
    const { lead: real } = await submit(flow.path, { email })
    expect((await leadOf(real.id)).outcome).toBe('success')
    const again = must(await runTest(seller.actor, { flowId: flow.flowId, lead }))
    expect(again.steps[0]).toMatchObject({ type: 'duplicate_check', outcome: 'continue' })
    expect(again.steps[0]?.trace.map(({ text }) => text).join()).toContain(real.id)
  })

  test('compares what a step has set, also after a look-up', async () => {
    const flow = await aFlowOf(
      aLookup({ response: { capture: { mail: 'mail' } } }),
      { id: 'set', type: 'mapping', name: 'Set mail', set: { email: '{{appended.check.mail}}' } },
      duplicates({ fields: ['email'] }),
      aBuyer(),
    )
    const mail = someone()
    service.now(says(200, { mail }))
    const answers = await Promise.all(Array.from({ length: 6 }, () => submit(flow.path, { email: someone() })))
    service.now(says(200, { data: { score: 71, line: 'mobile' } }))
    expect(answers.filter(({ outcome }) => outcome === 'success')).toHaveLength(1)
    const sold = answers.find(({ outcome }) => outcome === 'success')
    expect((await leadOf(sold?.lead.id ?? '')).data['email']).toMatchObject({
      value: mail,
      was: expect.stringContaining('@example.com'),
    })
  })
})

const aLookup = (more: Of<'lookup'> = {}): StepInput => ({
  id: 'check',
  type: 'lookup',
  name: 'Phone check',
  endpoint: { url: service.url, auth: { type: 'bearer', token: 'a-long-secret-token' } },
  request: { mappings: { email: '{{lead.email}}' } },
  response: { capture: { score: 'data.score', line: 'data.line' } },
  ...more,
})

describe('a look-up', () => {
  test('asks, captures, and leaves its exchange without its credential', async () => {
    const buys = aManualStep({ url: buyer.url })
    buys.connection.request.mappings = {
      ...buys.connection.request.mappings,
      score: '{{appended.check.score}}',
    } as never
    const flow = await aFlowOf(aLookup(), { ...buys, eligible_when: 'appended.check.line == "mobile"' })
    const email = someone()
    const { lead, outcome } = await submit(flow.path, { email })
    expect(outcome).toBe('success')
    expect(service.received.at(-1)?.headers).toMatchObject({
      authorization: 'Bearer a-long-secret-token',
      'x-baton-lead-id': lead.id,
    })
    expect(buyer.received.at(-1)?.json()).toMatchObject({ email, score: 71 })
    const [event] = (await leadOf(lead.id)).events
    expect(event).toMatchObject({ type: 'lookup', name: 'Phone check', outcome: 'success', statusCode: 200 })
    expect(event?.id).toBe(service.received.at(-1)?.headers['x-baton-event-id'])
    expect(event?.request?.body).toContain(email)
    expect(event?.response?.body).toContain('mobile')
    expect(JSON.stringify(event)).not.toContain('a-long-secret-token')
    expect(event?.timings?.['totalMs']).toBeGreaterThanOrEqual(0)
  })

  test.each([
    ['breaks', says(503, {}), 'error'],
    ['refuses', says(404, {}), 'error'],
    ['has no answer', says(422, {}), 'failure'],
  ])('that %s lets the lead go on, or ends it', async (_, answer, outcome) => {
    service.now(answer)
    const on = await aFlowOf(aLookup(), aBuyer())
    const { lead } = await submit(on.path, { email: someone() })
    expect(await storyOf(lead.id)).toEqual([
      ['lookup', outcome],
      ['delivery', 'accepted'],
      ['source', 'success'],
    ])
    const stops = await aFlowOf(aLookup({ on_failure: 'stop' }), aBuyer())
    const stopped = await submit(stops.path, { email: someone() })
    expect(stopped).toMatchObject({ outcome })
    expect(await storyOf(stopped.lead.id)).toEqual([
      ['lookup', outcome],
      ['source', outcome],
    ])
    service.now(says(200, { data: { score: 71, line: 'mobile' } }))
  })

  test('that hangs is given up in time', async () => {
    service.now(() => undefined)
    const flow = await aFlowOf(aLookup({ timeout_seconds: 1 }), aBuyer())
    const { lead } = await submit(flow.path, { email: someone() })
    service.now(says(200, { data: { score: 71, line: 'mobile' } }))
    const [event] = (await leadOf(lead.id)).events
    expect(event).toMatchObject({ type: 'lookup', outcome: 'error', reason: expect.stringMatching(/1 second/) })
  })

  test('whose process dies is an error, is not sent again, and the lead goes on', { timeout: 60_000 }, async () => {
    const flow = await aFlowOf(aLookup(), aBuyer())
    const email = someone()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    service.now(async (request, response) => {
      await held
      says(200, { data: { score: 1 } })(request, response)
    })
    const answer = submit(flow.path, { email })
    await vi.waitFor(() => expect(service.received.at(-1)?.json()['email']).toBe(email))
    const asked = service.received.length
    await forget('run-owner-lease')
    await forget('run-owner-id')
    await vi.waitFor(async () => expect(await recoverRuns()).toBeGreaterThan(0), { timeout: 30_000, interval: 500 })
    await vi.waitFor(async () => {
      const [row] = await pool().sql`select 1 from runs where source_id = ${flow.sourceId} and settled_at is null`
      expect(row).toBeUndefined()
    })
    release()
    service.now(says(200, { data: { score: 71, line: 'mobile' } }))
    const { lead } = await answer
    const events = (await leadOf(lead.id)).events
    expect(events.map(({ type, outcome }) => [type, outcome])).toEqual([
      ['lookup', 'error'],
      ['delivery', 'accepted'],
      ['source', 'success'],
    ])
    expect(events[0]?.reason).toBe('Interrupted before the answer was kept')
    expect(service.received).toHaveLength(asked)
  })
})

describe('a suppression step', () => {
  const suppression = (listId: string, more: Of<'suppression'> = {}): StepInput => ({
    id: 'dnc',
    type: 'suppression',
    name: 'Do not call',
    list_id: listId,
    fields: ['phone_1'],
    ...more,
  })

  test('finds a person among 50,000 hashed numbers, and nobody else', { timeout: 60_000 }, async () => {
    const list = must(await createList(seller.actor, { name: 'DNC', type: 'phone', hash: 'sha256' }))
    const phone = (at: number) => `512${String(7_000_000 + at)}`
    const digests = Array.from({ length: 50_000 }, (_, at) => createHash('sha256').update(phone(at)).digest('hex'))
    must(await addValues(seller.actor, { id: list.id, text: digests.join('\n') }))
    const flow = await aFlowOf(suppression(list.id, { reason: 'On our list' }), aBuyer())
    const listed = await submit(flow.path, { email: someone(), phone_1: '(512) 704-9999' })
    expect(listed).toMatchObject({ outcome: 'failure', reason: 'On our list' })
    const [event] = (await leadOf(listed.lead.id)).events
    expect(event).toMatchObject({ type: 'suppression', outcome: 'stop', name: 'Do not call' })
    expect(await submit(flow.path, { email: someone(), phone_1: '(512) 705-0000' })).toMatchObject({
      outcome: 'success',
    })
    must(await addValues(seller.actor, { id: list.id, values: ['512 705 0000'] }))
    expect(await submit(flow.path, { email: someone(), phone_1: '5127050000' })).toMatchObject({ outcome: 'failure' })
  })

  test('marks for later rules; its list is not taken away while it is live', async () => {
    const list = must(await createList(seller.actor, { name: 'Customers', type: 'email', hash: 'md5' }))
    const email = someone()
    must(await addValues(seller.actor, { id: list.id, values: [email] }))
    const flow = await aFlowOf(suppression(list.id, { fields: ['email'], on_match: 'mark' }), {
      ...aBuyer(),
      eligible_when: '!appended.dnc.found',
    })
    const known = await submit(flow.path, { email: email.toUpperCase() })
    expect(await storyOf(known.lead.id)).toEqual([
      ['suppression', 'continue'],
      ['delivery', 'skipped'],
      ['source', 'failure'],
    ])
    expect((await submit(flow.path, { email: someone() })).outcome).toBe('success')
    expect((await deleteList(seller.actor, { id: list.id })).ok).toBe(false)
  })
})
