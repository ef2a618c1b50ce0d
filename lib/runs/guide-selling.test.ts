import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '../../db/client'
import {
  accepts,
  aManualStep,
  aPeer,
  aSeller,
  hangsUp,
  must,
  refuses,
  says,
  testDatabase,
} from '../../db/testing/index'
import { seedConditionalDelivery, seedFailover, seedRouter } from '../../db/testing/seed-selling'
import { updateAccount } from '../accounts/index'
import type { Actor } from '../actor'
import { intakeApp } from '../api/index'
import { createSource, importFlow, publishFlow } from '../flows/index'
import { startRuntime } from '../runtime'
import { releaseHeld } from './index'

testDatabase()

type Peer = Awaited<ReturnType<typeof aPeer>>
const buyers = new Map<string, Peer>()
const names = [
  ...['buyer_main', 'buyer_overflow', 'buyer_lowquality', 'buyer_backup_1', 'buyer_backup_2'],
  ...['morning_1', 'morning_2', 'afternoon_1', 'afternoon_2', 'premium_1', 'standard_1', 'subprime_1'],
  ...['buyer_west_1', 'buyer_west_2', 'buyer_east_1', 'buyer_east_2', 'buyer_central_1', 'buyer_default'],
]
const peer = (name: string): Peer => {
  const found = buyers.get(name)
  if (!found) throw new Error(`no buyer ${name}`)
  return found
}

let actor: Actor
beforeAll(async () => {
  await startRuntime('intake')
  actor = (await aSeller()).actor
  for (const name of names) buyers.set(name, await aPeer())
})
beforeEach(() => {
  for (const one of buyers.values()) {
    one.now(accepts)
    one.received.splice(0)
  }
})

const fields = [
  { name: 'email', type: 'email' },
  { name: 'phone_1', type: 'phone' },
  { name: 'consent', type: 'boolean' },
  { name: 'score', type: 'number' },
  { name: 'state', type: 'state' },
  { name: 'credit_score', type: 'number' },
]
const buyer = (id: string, more: object = {}) => ({ ...aManualStep({ id, name: id, url: peer(id).url }), ...more })

/** Imports the steps as a seller would paste them, publishes them and answers where leads go. */
async function aFlowOf(...steps: object[]): Promise<string> {
  const { flowId = '' } = must(await importFlow(actor, { text: JSON.stringify({ fields, steps }) }))
  must(await publishFlow(actor, { flowId }))
  const { id } = must(await createSource(actor, { flowId, name: 'Web form' }))
  return `/flows/${flowId}/sources/${id}/submit`
}

let number = 0
type Answer = { outcome: string; reason?: string; lead: { id: string; status?: string } }
async function submit(path: string, more: Record<string, string> = {}): Promise<Answer> {
  const lead = { email: `g${++number}@example.com`, phone: '5125550101', consent: 'yes', score: '82', ...more }
  const answer = await intakeApp.request(path, { method: 'POST', body: new URLSearchParams(lead) })
  expect(answer.status).toBe(201)
  return (await answer.json()) as Answer
}
const reached = () => [...buyers].flatMap(([name, { received }]) => received.map(() => name))

/** A zone whose clocks show about this hour now. Etc/GMT+5 is five hours behind. */
function zoneAt(hour: number): string {
  const ahead = ((hour - new Date().getUTCHours() + 36) % 24) - 12
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}
/** A zone in which no hour ends in the next minutes. */
const quietZone = () => (new Date().getUTCMinutes() < 45 ? 'UTC' : 'Asia/Kolkata')

describe('conditionalDelivery of the guide, as JSON', () => {
  const everyDay = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
  const flowAt = (hour: number) => {
    const { time_restrictions: times, caps } = seedConditionalDelivery
    const conditions = {
      ...seedConditionalDelivery,
      time_restrictions: { ...times, timezone: zoneAt(hour), days: everyDay },
      caps: { ...caps, timezone: quietZone() },
    }
    return aFlowOf(
      buyer('buyer_main', { conditional_delivery: conditions }),
      buyer('buyer_overflow', { standby: true }),
      buyer('buyer_lowquality', { standby: true }),
    )
  }

  test('delivers 100 leads of an hour, however they come, and sends the others to the backup', async () => {
    const path = await flowAt(12)
    const answers = await Promise.all(Array.from({ length: 110 }, () => submit(path)))
    expect(answers.filter(({ outcome }) => outcome === 'success')).toHaveLength(110)
    expect(peer('buyer_main').received).toHaveLength(100)
    expect(peer('buyer_overflow').received).toHaveLength(10)
  })

  test('queues a lead outside of the buyer’s hours', async () => {
    const path = await flowAt(20)
    expect((await submit(path)).lead.status).toBe('pending')
    expect(reached()).toEqual([])
  })

  test('routes what is not good enough to remediation', async () => {
    const path = await flowAt(12)
    await submit(path, { score: '69' })
    await submit(path, { consent: '' })
    await submit(path, { score: '70' })
    expect(reached()).toEqual(['buyer_main', 'buyer_lowquality', 'buyer_lowquality'])
  })
})

describe('failoverConfig of the guide, as JSON', () => {
  const flowOf = (backupHour: number) => {
    const hours = { timezone: zoneAt(backupHour), hours: { start: '08:00', end: '18:00' } }
    return aFlowOf(
      buyer('buyer_main', { failover: seedFailover }),
      buyer('buyer_backup_1', { standby: true }),
      buyer('buyer_backup_2', { standby: true, conditional_delivery: { time_restrictions: hours } }),
    )
  }

  test('tries the first backup three times, with the same key, when the buyer fails', async () => {
    const path = await flowOf(12)
    peer('buyer_main').now(says(502, {}))
    let calls = 0
    peer('buyer_backup_1').now((request, response) =>
      ++calls < 3 ? says(503, {})(request, response) : accepts(request, response),
    )
    expect((await submit(path)).outcome).toBe('success')
    expect(reached()).toEqual(['buyer_main', ...Array(3).fill('buyer_backup_1')])
    const keys = peer('buyer_backup_1').received.map(({ headers }) => headers['idempotency-key'])
    expect(new Set(keys).size).toBe(1)
  })

  test('moves on after an attempt without an answer, as it lists a timeout', async () => {
    const path = await flowOf(12)
    peer('buyer_main').now(hangsUp)
    expect((await submit(path)).outcome).toBe('success')
    expect(reached()).toEqual(['buyer_main', 'buyer_backup_1'])
  })

  test('goes to the second backup in its business hours', async () => {
    const path = await flowOf(12)
    for (const name of ['buyer_main', 'buyer_backup_1']) peer(name).now(says(500, {}))
    expect((await submit(path)).outcome).toBe('success')
    expect(peer('buyer_backup_2').received).toHaveLength(1)
  })

  test('queues the lead for an hour when nobody is left, and asks the buyer again then', async () => {
    const path = await flowOf(20)
    for (const name of ['buyer_main', 'buyer_backup_1']) peer(name).now(says(500, {}))
    const { lead } = await submit(path)
    expect(lead.status).toBe('pending')
    expect(peer('buyer_backup_2').received).toHaveLength(0)
    const { sql } = pool()
    const [held] = await sql`select due_at - now() > '59 minutes' and due_at - now() <= '1 hour' as in_an_hour
      from held_leads where lead_id = ${lead.id}`
    expect(held?.['in_an_hour']).toBe(true)
    peer('buyer_main').now(accepts)
    await sql`update held_leads set wish = 'release', due_at = now() where lead_id = ${lead.id}`
    await releaseHeld()
    await expect.poll(() => peer('buyer_main').received.length, { timeout: 10_000 }).toBe(2)
    const statusOf = async () => (await sql`select status from leads where id = ${lead.id}`)[0]?.['status']
    await expect.poll(statusOf, { timeout: 10_000 }).toBe('final')
  })
})

describe('DynamicBuyerRouter of the guide, as JSON', () => {
  const { byHour, byGeography, byQuality } = seedRouter((id) => ({ id }))
  type Node = { id: string; buyers?: readonly Node[] }
  /** The same distribution with a buyer on loopback in each place. */
  const live = (node: Node): object =>
    node.buyers ? { ...node, buyers: node.buyers.map(live) } : { ...node, ...buyer(node.id) }
  const routed = async (path: string, lead: Record<string, string> = {}) => {
    for (const one of buyers.values()) one.received.splice(0)
    await submit(path, lead)
    return reached()
  }

  test.each([
    [9, ['morning_1', 'morning_2']],
    [15, ['afternoon_1', 'afternoon_2']],
  ])('selectBuyer: at %i o’clock where the flow is', async (hour, [first = '', second = '']) => {
    must(await updateAccount(actor, { name: 'Seller', timeZone: zoneAt(hour) }))
    const path = await aFlowOf(live(byHour))
    expect(await routed(path)).toEqual([first])
    peer(first).now(refuses('Not now'))
    expect(await routed(path)).toEqual([first, second])
  })

  test('routeByGeography: the state’s buyers, or the default ones', async () => {
    const path = await aFlowOf(live(byGeography))
    expect(await routed(path, { state: 'CA' })).toEqual(['buyer_west_1'])
    expect(await routed(path, { state: 'Texas' })).toEqual(['buyer_central_1'])
    expect(await routed(path, { state: 'WA' })).toEqual(['buyer_default'])
    peer('buyer_east_1').now(refuses('Full'))
    expect(await routed(path, { state: 'NY' })).toEqual(['buyer_east_1', 'buyer_east_2'])
  })

  test('routeByQuality: by bands of the credit score', async () => {
    const path = await aFlowOf(live(byQuality))
    expect(await routed(path, { credit_score: '780' })).toEqual(['premium_1'])
    expect(await routed(path, { credit_score: '700' })).toEqual(['standard_1'])
    expect(await routed(path, { credit_score: '640' })).toEqual(['subprime_1'])
  })
})
