import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '../../db/client'
import {
  aBuyer,
  aConnection,
  accepts,
  aDestination,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  hangsUp,
  refuses,
  type Someone,
  says,
  testDatabase,
} from '../../db/testing/index'
import { intakeApp } from '../api/index'
import type { FlowDocumentInput } from '../engine/index'
import { getLead } from '../leads/index'
import { startRuntime } from '../runtime'
import { abandonRun } from './abandon'
import { releaseHeld } from './index'
import { processOwner } from './owner'
import { takeUpHeld } from './statements'

testDatabase()

let seller: Someone
type Peer = Awaited<ReturnType<typeof aPeer>>
let one: Peer
let two: Peer
let three: Peer

beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
  ;[one, two, three] = await Promise.all([aPeer(), aPeer(), aPeer()])
})
beforeEach(() => {
  for (const peer of [one, two, three]) peer.now(accepts)
})

let number = 0
type Answer = { outcome: string; reason?: string; lead: { id: string; status?: string }; price: number }
const submit = async (path: string, more: Record<string, string> = {}): Promise<Answer> => {
  const body = new URLSearchParams({ email: `s${++number}@example.com`, state: 'CA', ...more })
  const answer = await intakeApp.request(path, { method: 'POST', body })
  expect(answer.status).toBe(201)
  return (await answer.json()) as Answer
}
const leadOf = async (leadId: string) => {
  const lead = await getLead(seller.actor, leadId)
  if (!lead.ok) throw new Error('no such lead')
  return lead.value
}
const soldTo = async (leadId: string) =>
  (await leadOf(leadId)).events
    .filter(({ type, outcome }) => type === 'delivery' && outcome === 'accepted')
    .map(({ name }) => name)
const until = async (what: () => Promise<boolean>) => {
  for (let tries = 0; tries < 100 && !(await what()); tries++) await new Promise((resolve) => setTimeout(resolve, 50))
}
const isDone = (leadId: string) => async () => (await leadOf(leadId)).status === 'final'

type Steps = NonNullable<FlowDocumentInput['steps']>
type Buyers = Extract<Steps[number], { type: 'distribution' }>['buyers']
const three_ = () => [
  aManualStep({ id: 'one', name: 'One', url: one.url }),
  aManualStep({ id: 'two', name: 'Two', url: two.url }),
  aManualStep({ id: 'three', name: 'Three', url: three.url }),
]
const distribution = (more: Partial<Extract<Steps[number], { type: 'distribution' }>> = {}): FlowDocumentInput => ({
  steps: [{ id: 'auction', type: 'distribution', name: 'Auction', buyers: three_() as Buyers, ...more }],
})

describe('a distribution', () => {
  test('sells to the next buyer when one refuses, and says of the others why they did not get it', async () => {
    one.now(refuses('Wrong state'))
    const flow = await aLiveFlow(seller.actor, distribution())
    const { lead, outcome } = await submit(flow.path)
    expect(outcome).toBe('success')
    const { events, revenueCents } = await leadOf(lead.id)
    expect(events.map(({ type, name, outcome: said }) => [type, name, said])).toEqual([
      ['delivery', 'One', 'rejected'],
      ['delivery', 'Two', 'accepted'],
      ['distribution', 'Auction', 'sold'],
      ['source', 'Web form', 'success'],
    ])
    expect(revenueCents).toBe(4500)
    expect(three.received).toHaveLength(0)
  })

  test('sells to as many as it says, at the shared price', async () => {
    const buyers = three_().map((step) => ({ ...step, rules: { active: true, price: 45, shared_price: 20 } }))
    const flow = await aLiveFlow(seller.actor, distribution({ sell_to: 2, buyers: buyers as Buyers }))
    const { lead } = await submit(flow.path)
    expect(await soldTo(lead.id)).toEqual(['One', 'Two'])
    expect((await leadOf(lead.id)).revenueCents).toBe(4000)
  })

  test('gives everybody a turn, exactly, whoever comes at the same moment', async () => {
    const flow = await aLiveFlow(seller.actor, distribution({ strategy: 'round_robin' }))
    const answers = await Promise.all(Array.from({ length: 30 }, () => submit(flow.path)))
    const names = (await Promise.all(answers.map(({ lead }) => soldTo(lead.id)))).flat()
    expect(['One', 'Two', 'Three'].map((name) => names.filter((sold) => sold === name).length)).toEqual([10, 10, 10])
  })

  test('shares by weight, exactly', async () => {
    const buyers = three_().map((step, index) => ({ ...step, weight: [5, 3, 2][index] }))
    const flow = await aLiveFlow(seller.actor, distribution({ strategy: 'weighted', buyers: buyers as Buyers }))
    const answers = await Promise.all(Array.from({ length: 40 }, () => submit(flow.path)))
    const names = (await Promise.all(answers.map(({ lead }) => soldTo(lead.id)))).flat()
    expect(['One', 'Two', 'Three'].map((name) => names.filter((sold) => sold === name).length)).toEqual([20, 12, 8])
  })
})

describe('a cap', () => {
  const capped = (caps: object, more: object = {}) => ({
    steps: [aManualStep({ id: 'one', name: 'One', url: one.url, conditional_delivery: { caps }, ...more } as never)],
  })

  test('is never exceeded by even one, and says how full it is', async () => {
    const flow = await aLiveFlow(seller.actor, capped({ daily: 7, timezone: 'Europe/London' }))
    const before = one.received.length
    const answers = await Promise.all(Array.from({ length: 25 }, () => submit(flow.path)))
    expect(answers.filter(({ outcome }) => outcome === 'success')).toHaveLength(7)
    expect(one.received.length - before).toBe(7)
    expect(answers.find(({ outcome }) => outcome === 'failure')?.reason).toMatch(/^Cap 7 of 7 a day, resets .*London$/)
  })

  test('has room again when a buyer refused', async () => {
    one.now(refuses('No'))
    const flow = await aLiveFlow(seller.actor, capped({ daily: 1 }))
    for (let turn = 0; turn < 3; turn++) expect((await submit(flow.path)).reason).toBe('No')
    one.now(accepts)
    expect((await submit(flow.path)).outcome).toBe('success')
    expect((await submit(flow.path)).reason).toMatch(/^Cap 1 of 1/)
  })

  test('is kept by a lead that the buyer may have', async () => {
    one.now(hangsUp)
    const flow = await aLiveFlow(seller.actor, capped({ daily: 1 }))
    expect((await submit(flow.path)).lead.status).toBe('pending')
    one.now(accepts)
    expect((await submit(flow.path)).reason).toMatch(/^Cap 1 of 1/)
  })

  test('overflows to a named buyer that stands by', async () => {
    const backup = aManualStep({ id: 'backup', name: 'Backup', url: two.url, standby: true } as never)
    const caps = { daily: 1, when_exceeded: { action: 'overflow_to_backup', backup_buyer: 'backup' } }
    const [first] = capped(caps).steps
    const flow = await aLiveFlow(seller.actor, { steps: [first, backup] as Steps })
    const ids = [(await submit(flow.path)).lead.id, (await submit(flow.path)).lead.id]
    expect(await Promise.all(ids.map(soldTo))).toEqual([['One'], ['Backup']])
  })

  test('of the flow lets in as many as are sold', async () => {
    one.now(refuses('No'))
    const flow = await aLiveFlow(seller.actor, { ...capped({}), caps: { daily: 2, reason: 'Enough for today' } })
    expect((await submit(flow.path)).reason).toBe('No')
    one.now(accepts)
    const answers = await Promise.all(Array.from({ length: 6 }, () => submit(flow.path)))
    expect(answers.filter(({ outcome }) => outcome === 'success')).toHaveLength(2)
    expect(answers.find(({ outcome }) => outcome === 'failure')?.reason).toBe('Enough for today')
  })
})

describe('a buyer that takes nobody twice', () => {
  test('gets one of ten that come together with the same phone', async () => {
    const step = aManualStep({
      id: 'one',
      name: 'One',
      url: one.url,
      rules: { active: true, accept_duplicates: false },
    })
    const flow = await aLiveFlow(seller.actor, { steps: [step] })
    const before = one.received.length
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => submit(flow.path, { phone_1: '5125550188', note: String(index) })),
    )
    expect(answers.filter(({ outcome }) => outcome === 'success')).toHaveLength(1)
    expect(answers.filter(({ reason }) => reason === 'Duplicate')).toHaveLength(9)
    expect(one.received.length - before).toBe(1)
  })

  test('keeps its word after a try that failed: the retry that it took counts', async () => {
    one.now(says(503, '{}'))
    const step = aManualStep({
      id: 'one',
      name: 'One',
      url: one.url,
      rules: { active: true, accept_duplicates: false },
      retry: { max_attempts: 3, first_delay: '1 second' },
    } as never)
    const flow = await aLiveFlow(seller.actor, { steps: [step] })
    const { lead } = await submit(flow.path, { phone_1: '5125550177' })
    expect(lead.status).toBe('pending')
    one.now(accepts)
    await until(async () => {
      await releaseHeld()
      return isDone(lead.id)()
    })
    expect(await soldTo(lead.id)).toEqual(['One'])
    expect((await submit(flow.path, { phone_1: '5125550177' })).reason).toBe('Duplicate')
  })

  test('may be asked again about a lead that it refused', async () => {
    one.now(refuses('Not now'))
    const step = aManualStep({
      id: 'one',
      name: 'One',
      url: one.url,
      rules: { active: true, accept_duplicates: false },
    })
    const flow = await aLiveFlow(seller.actor, { steps: [step] })
    await submit(flow.path, { email: 'again@example.com', note: '1' })
    one.now(accepts)
    expect((await submit(flow.path, { email: 'again@example.com', note: '2' })).outcome).toBe('success')
  })
})

/** Hours that are closed now, whenever now is, and open in some hours. */
function closedNow() {
  const hour = (ahead: number) => `${String((new Date().getUTCHours() + ahead) % 24).padStart(2, '0')}:00`
  return { timezone: 'UTC', hours: { start: hour(5), end: hour(7) } }
}

describe('a lead that cannot be sold now', () => {
  const closed = (times: object) => ({
    steps: [
      aManualStep({
        id: 'one',
        name: 'One',
        url: one.url,
        conditional_delivery: { time_restrictions: { ...closedNow(), ...times } },
      } as never),
    ],
  })

  test('is held until the buyer opens, and goes out then', async () => {
    const flow = await aLiveFlow(seller.actor, closed({ outside_hours: 'queue' }))
    const before = one.received.length
    const { lead } = await submit(flow.path)
    expect(lead.status).toBe('pending')
    const held = await leadOf(lead.id)
    expect(held.events.map(({ type, outcome }) => [type, outcome])).toEqual([['queue', 'held']])
    await pool().sql`update held_leads set wish = 'release', due_at = now() where lead_id = ${lead.id}`
    await releaseHeld()
    await until(async () => (await leadOf(lead.id)).events.length > 1)
    // Still closed: a person's wish does not open a buyer's door, so it waits on.
    expect((await leadOf(lead.id)).events.at(-1)?.outcome).toBe('held')
    expect(one.received.length).toBe(before)
  })

  test('is refused where the buyer does not want it held, with the time when it opens', async () => {
    const flow = await aLiveFlow(seller.actor, closed({ outside_hours: 'reject' }))
    expect((await submit(flow.path)).reason).toMatch(/^Closed until .*UTC$/)
  })

  test('goes to the alternate buyer of the hours', async () => {
    const backup = aManualStep({ id: 'night', name: 'Night', url: two.url, standby: true } as never)
    const [first] = closed({ outside_hours: 'alternate_buyer', alternate_buyer: 'night' }).steps
    const flow = await aLiveFlow(seller.actor, { steps: [first, backup] as Steps })
    expect(await soldTo((await submit(flow.path)).lead.id)).toEqual(['Night'])
  })

  test('fails over along the chain, and is queued for a retry at its end', async () => {
    one.now(says(500, '{}'))
    two.now(says(503, '{}'))
    const failover = {
      failover_chain: [
        { buyer: 'two', conditions: { max_attempts: 2 } },
        { action: 'queue_for_retry', retry_after: '1 hour' },
      ],
    }
    const steps = [
      aManualStep({ id: 'one', name: 'One', url: one.url, failover } as never),
      aManualStep({ id: 'two', name: 'Two', url: two.url, standby: true } as never),
    ]
    const flow = await aLiveFlow(seller.actor, { steps: steps as Steps })
    const before = two.received.length
    const { lead } = await submit(flow.path)
    expect(lead.status).toBe('pending')
    expect(two.received.length - before).toBe(2)
    one.now(accepts)
    await pool().sql`update held_leads set wish = 'release', due_at = now() where lead_id = ${lead.id}`
    await releaseHeld()
    await until(isDone(lead.id))
    expect(await soldTo(lead.id)).toEqual(['One'])
  })

  test('stands in its buyer’s log once, by the try that was accepted', async () => {
    one.now(says(503, '{}'))
    const buyer = await aBuyer()
    const connection_id = await aConnection(seller, buyer, await aDestination(buyer, one.url))
    const step = {
      id: 'partner',
      type: 'buyer',
      name: 'Partner',
      connection: { method: 'invite', connection_id, shared_fields: ['email'] },
      rules: { active: true, price: 45 },
      retry: { max_attempts: 3, first_delay: '1 second' },
    }
    const flow = await aLiveFlow(seller.actor, { steps: [step] as Steps })
    const { lead } = await submit(flow.path)
    expect(await getLead(buyer.actor, lead.id)).toMatchObject({ value: { outcome: 'error', priceCents: 0 } })
    one.now(accepts)
    await until(async () => {
      await releaseHeld()
      return isDone(lead.id)()
    })
    expect(await getLead(buyer.actor, lead.id)).toMatchObject({
      value: { outcome: 'success', status: 'final', priceCents: 4500 },
    })
  })

  test('ends as an error where its run can’t be continued, gives back what it held, and is logged once', async () => {
    one.now(says(503, '{}'))
    const step = aManualStep({
      id: 'one',
      name: 'One',
      url: one.url,
      retry: { max_attempts: 3, first_delay: '1 hour' },
    } as never)
    const flow = await aLiveFlow(seller.actor, { steps: [step], caps: { daily: 1 } })
    const { lead } = await submit(flow.path)
    const { sql } = pool()
    await sql`update held_leads set wish = 'release', due_at = now() where lead_id = ${lead.id}`
    const taken = await sql.unsafe<{ lead_id: string; state: string }[]>(takeUpHeld, [processOwner(), 50])
    await abandonRun(lead.id, taken.find(({ lead_id: id }) => id === lead.id)?.state ?? '', 'The flow is gone')
    const { events, outcome, reason } = await leadOf(lead.id)
    expect({ outcome, reason }).toEqual({ outcome: 'error', reason: 'The flow is gone' })
    expect(events.map(({ type, outcome: said }) => [type, said])).toEqual([
      ['delivery', 'error'],
      ['queue', 'held'],
      ['source', 'error'],
    ])
    one.now(accepts)
    expect((await submit(flow.path)).outcome).toBe('success')
  })

  test('is dropped when somebody gives it up, and says so', async () => {
    const flow = await aLiveFlow(seller.actor, closed({ outside_hours: 'queue' }))
    const { lead } = await submit(flow.path)
    await pool().sql`update held_leads set wish = 'drop', due_at = now() where lead_id = ${lead.id}`
    await releaseHeld()
    await until(isDone(lead.id))
    expect(await leadOf(lead.id)).toMatchObject({ status: 'final', outcome: 'failure' })
  })
})
