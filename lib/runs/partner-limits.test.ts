import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  aBuyer,
  aConnection,
  accepts,
  aDestination,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  must,
  refuses,
  says,
  testDatabase,
} from '../../db/testing/index'
import { leadSeenBy, submit } from '../../db/testing/source'
import { getConnection } from '../connections/index'
import type { FlowDocumentInput } from '../engine/index'
import { createPartner, partnerCapUse, updatePartner } from '../partners/index'
import { startRuntime } from '../runtime'

testDatabase()

let peer: Awaited<ReturnType<typeof aPeer>>
beforeAll(async () => {
  await startRuntime('intake')
  peer = await aPeer()
})
beforeEach(() => {
  peer.now(accepts)
  peer.received.length = 0
})

type Steps = NonNullable<FlowDocumentInput['steps']>
const invited = (connection_id: string): Steps => [
  {
    id: 'invited',
    type: 'buyer',
    name: 'Invited',
    connection: { method: 'invite', connection_id, shared_fields: ['email'] },
    rules: { active: true, price: 45 },
  },
]
const manual = (partner_id: string, more: object = {}) => [aManualStep({ url: peer.url, partner_id, ...more })] as Steps

const sold = (answers: { outcome: string }[]) => answers.filter(({ outcome }) => outcome === 'success').length

/** A seller with a connected buyer whose partner has an invited step in one flow and a manual one in another. */
async function aPartner(settings: object) {
  const [seller, buyer] = await Promise.all([aSeller(), aBuyer()])
  const connection = await aConnection(seller, buyer, await aDestination(buyer, peer.url))
  const view = must(await getConnection(seller.actor, connection))
  const id = view.side === 'seller' ? (view.partnerRecord?.id ?? '') : ''
  must(await updatePartner(seller.actor, { id, ...settings }))
  const first = await aLiveFlow(seller.actor, { steps: invited(connection) })
  const second = await aLiveFlow(seller.actor, { steps: manual(id) })
  const use = async () =>
    must(await partnerCapUse(seller.actor, id, Date.now())).map(({ used, limit }) => [used, limit])
  return { seller, buyer, id, paths: [first.path, second.path], use }
}

describe('a partner’s limits', () => {
  test('are never exceeded by even one, over its flows, manual and invited steps', async () => {
    const { paths, use } = await aPartner({ caps: { daily: 7, timezone: 'Europe/London' } })
    const answers = await Promise.all(Array.from({ length: 15 }, () => paths.map((path) => submit(path))).flat())
    expect(sold(answers)).toBe(7)
    expect(peer.received).toHaveLength(7)
    expect(await use()).toEqual([[7, 7]])
    const reasons = new Set(answers.flatMap(({ reason }) => reason ?? []))
    expect([...reasons]).toEqual([expect.stringMatching(/^Partner limit 7 of 7 a day, resets .*London$/)])
  })

  test('have room again when the buyer refused, and count money as it was paid', async () => {
    const { paths, use } = await aPartner({ caps: { daily: 2, monthly_spend: 100 } })
    const [first = '', second = ''] = paths
    peer.now(refuses('No'))
    expect((await submit(second)).reason).toBe('No')
    expect(await use()).toEqual([
      [0, 2],
      [0, 10_000],
    ])
    peer.now(says(201, { status: 'accepted', payout: 70 }))
    expect((await submit(first)).outcome).toBe('success')
    expect(await use()).toEqual([
      [1, 2],
      [7_000, 10_000],
    ])
    expect((await submit(second)).reason).toMatch(/^Partner limit \$70.00 of \$100.00 a month, resets/)
  })

  test('say so on the lead’s page, for the buyer that did not get it', async () => {
    const { seller, paths } = await aPartner({ caps: { daily: 1 } })
    await submit(paths[0] ?? '')
    const { lead } = await submit(paths[1] ?? '')
    const { considered } = await leadSeenBy(seller.actor, lead.id)
    expect(considered).toMatchObject([{ reason: expect.stringMatching(/^Partner limit 1 of 1 a day, resets/) }])
  })

  test('count no test leads, hold what the step queues, and are gone when they are taken away', async () => {
    const seller = await aSeller()
    const { id } = must(await createPartner(seller.actor, { name: 'Coastal', caps: { daily: 1 } }))
    const queue = { conditional_delivery: { caps: { when_exceeded: { action: 'queue' } } } }
    const { path } = await aLiveFlow(seller.actor, { steps: manual(id, queue) })
    expect(sold([await submit(path, { is_test: 'true' }), await submit(path)])).toBe(2)
    expect((await submit(path)).lead.status).toBe('pending')
    must(await updatePartner(seller.actor, { id, caps: {} }))
    await expect.poll(async () => (await submit(path)).lead.status, { timeout: 10_000 }).toBeUndefined()
  })
})

test('a paused partner gets nothing, and is sold to again when it is resumed', async () => {
  const { seller, id, paths } = await aPartner({})
  must(await updatePartner(seller.actor, { id, status: 'paused' }))
  for (const path of paths) {
    await expect.poll(async () => (await submit(path)).reason, { timeout: 10_000 }).toBe('Partner paused')
  }
  must(await updatePartner(seller.actor, { id, status: 'active' }))
  for (const path of paths) {
    await expect.poll(async () => (await submit(path)).outcome, { timeout: 10_000 }).toBe('success')
  }
})
