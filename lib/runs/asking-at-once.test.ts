import type { ServerResponse } from 'node:http'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { pool } from '../../db/client'
import {
  accepts,
  aLiveFlow,
  aManualStep,
  aPeer,
  aPingedStep,
  aSeller,
  hangsUp,
  must,
  type Received,
  refuses,
  type Someone,
  says,
  testDatabase,
} from '../../db/testing/index'
import { intakeApp } from '../api/index'
import type { FlowDocumentInput } from '../engine/index'
import { setStepActive, updateFlow } from '../flows/index'
import { getLead } from '../leads/index'
import { forget, startRuntime } from '../runtime'
import { recoverRuns } from './index'

testDatabase()

type Peer = Awaited<ReturnType<typeof aPeer>>
type Handle = (request: Received, response: ServerResponse) => void | Promise<void>
type Steps = NonNullable<FlowDocumentInput['steps']>

const names = ['One', 'Two', 'Three', 'Four']
let seller: Someone
let peers: Peer[]
beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
  peers = await Promise.all(names.map(() => aPeer()))
})
beforeEach(() => {
  for (const peer of peers) {
    peer.now(accepts)
    peer.received.splice(0)
  }
})

/** Buyers in the order of their names; each has a cap of its own, so that all are reserved. */
const aSharedSale = (count: number, more: object = {}) => {
  const buyers = peers.slice(0, count).map(({ url }, at) => ({
    ...aManualStep({ id: `b${at + 1}`, name: names[at] ?? '', url }),
    conditional_delivery: { caps: { monthly: 100 } },
  }))
  const step = { id: 'shared', type: 'distribution', name: 'Shared', sell_to: 3, parallel: true, buyers, ...more }
  return aLiveFlow(seller.actor, { steps: [step] as unknown as Steps })
}

let number = 0
type Answer = { outcome: string; reason?: string; lead: { id: string; status?: string } }
const submit = async (path: string): Promise<Answer> => {
  const body = new URLSearchParams({ email: `p${++number}@example.com`, state: 'CA' })
  const answer = await intakeApp.request(path, { method: 'POST', body })
  expect(answer.status).toBe(201)
  return (await answer.json()) as Answer
}
const leadOf = async (leadId: string) => {
  const lead = await getLead(seller.actor, leadId)
  if (!lead.ok) throw new Error('no such lead')
  return lead.value
}
const attemptsOf = async (leadId: string) =>
  (await leadOf(leadId)).events
    .filter(({ type }) => type === 'delivery')
    .map(({ name, outcome }) => `${name} ${outcome}`)

/** What the caps of a flow hold, by buyer, without those that hold nothing. */
async function heldOf(flowId: string): Promise<Record<string, number>> {
  const rows = await pool().sql<{ name: string; used: string }[]>`
    select split_part(key, '|', 1) as name, sum(used) as used from counters
    where key like ${`step:${flowId}/%`} group by 1 having sum(used) <> 0`
  return Object.fromEntries(rows.map(({ name, used }) => [name.replace(`step:${flowId}/`, ''), Number(used)]))
}

/** Opens when so many have come to it, and stays open. */
function aGate(count: number) {
  let open = () => {}
  const isOpen = new Promise<void>((resolve) => {
    open = resolve
  })
  let came = 0
  return {
    open,
    come: (): Promise<void> => {
      if (++came >= count) open()
      return isOpen
    },
    behind:
      (says_: Handle): Handle =>
      async (request, response) => {
        await isOpen
        await says_(request, response)
      },
  }
}

describe('a distribution that asks several at once', () => {
  test('has its lead with all of them at the same time, and its source waits for the slowest', async () => {
    const all = aGate(3)
    // Nobody answers before all three have the lead: asked one by one, they never would.
    for (const peer of peers)
      peer.now(async (request, response) => {
        await all.come()
        await accepts(request, response)
      })
    const { path, flowId } = await aSharedSale(4)
    const { outcome, lead } = await submit(path)
    expect(outcome).toBe('success')
    expect(await attemptsOf(lead.id)).toEqual(['One accepted', 'Two accepted', 'Three accepted'])
    expect(peers[3]?.received).toHaveLength(0)
    expect(await heldOf(flowId)).toEqual({ b1: 1, b2: 1, b3: 1 })
    const { events, revenueCents } = await leadOf(lead.id)
    expect(revenueCents).toBe(3 * 4500)
    expect(events.map(({ type }) => type)).toEqual(['delivery', 'delivery', 'delivery', 'distribution', 'source'])
  })

  test('asks everybody in a broadcast, those without limits too', async () => {
    const all = aGate(4)
    for (const peer of peers)
      peer.now(async (request, response) => {
        await all.come()
        await accepts(request, response)
      })
    const buyers = peers.map(({ url }, at) => aManualStep({ id: `b${at + 1}`, name: names[at] ?? '', url }))
    const { path } = await aSharedSale(4, { strategy: 'broadcast', sell_to: undefined, buyers })
    expect(await attemptsOf((await submit(path)).lead.id)).toHaveLength(4)
  })

  test('asks the next one in the place of a buyer that refuses, while the others still think', async () => {
    const [one, two, three] = peers
    const next = aGate(1)
    // The second answers only when the third has the lead, which it gets in the place of the first.
    one?.now(refuses('No'))
    two?.now(next.behind(accepts))
    three?.now(async (request, response) => {
      await next.come()
      await accepts(request, response)
    })
    const { path, flowId } = await aSharedSale(4, { sell_to: 2 })
    const { lead } = await submit(path)
    expect(await attemptsOf(lead.id)).toEqual(['One rejected', 'Two accepted', 'Three accepted'])
    expect(peers[3]?.received).toHaveLength(0)
    expect(await heldOf(flowId)).toEqual({ b2: 1, b3: 1 })
  })

  test('has attempts in the log in the order in which they began, whatever order they ended in', async () => {
    const [one, two, three] = peers
    const gates = [aGate(1), aGate(1)]
    three?.now(async (request, response) => {
      await says(503, {})(request, response)
      gates[0]?.open()
    })
    two?.now(async (request, response) => {
      await gates[0]?.behind(refuses('No'))(request, response)
      gates[1]?.open()
    })
    one?.now((request, response) => gates[1]?.behind(hangsUp)(request, response))
    const { path, flowId } = await aSharedSale(3)
    const { lead } = await submit(path)
    expect(lead.status).toBe('pending')
    expect(await attemptsOf(lead.id)).toEqual(['One unknown', 'Two rejected', 'Three error'])
    expect(await heldOf(flowId)).toEqual({ b1: 1 })
  })

  test('asks nobody for a bid who was paused while others are asked', async () => {
    const [one, two, three] = peers as [Peer, Peer, Peer]
    const auction = { id: 'auction', type: 'distribution', name: 'Auction', strategy: 'highest_price' }
    const buyers = [
      ...[one, two].map(({ url }, at) => aManualStep({ id: `b${at + 1}`, name: names[at] ?? '', url })),
      { ...auction, buyers: [aPingedStep('Three', three)] },
    ]
    const { path, flowId, sourceId } = await aSharedSale(2, { sell_to: 2, buyers })
    one.now(async (request, response) => {
      must(await setStepActive(seller.actor, { flowId, stepId: 'three', active: false }))
      await refuses('No')(request, response)
    })
    // Answers when the run is saved that has heard the first, and waits for no bid.
    two.now(async (request, response) => {
      await vi.waitFor(async () => {
        const [row] = await pool().sql`select state from runs where source_id = ${sourceId}`
        const { run } = JSON.parse(String(row?.['state']))
        expect([run.results[0]?.stepId, run.pinging]).toEqual(['b1', undefined])
      })
      await accepts(request, response)
    })
    expect(await attemptsOf((await submit(path)).lead.id)).toEqual(['One rejected', 'Two accepted'])
    expect(three.received).toHaveLength(0)
  })

  test('never exceeds a cap that leads share which come at once', async () => {
    const buyers = peers.map(({ url }, at) => ({
      ...aManualStep({ id: `b${at + 1}`, name: names[at] ?? '', url }),
      conditional_delivery: { caps: { monthly: 5 } },
    }))
    const { path, flowId } = await aSharedSale(4, { strategy: 'round_robin', buyers })
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(path)))
    expect(await heldOf(flowId)).toEqual({ b1: 5, b2: 5, b3: 5, b4: 5 })
    const sold = await Promise.all(answers.map(async ({ lead }) => (await attemptsOf(lead.id)).length))
    expect(sold.reduce((sum, count) => sum + count)).toBe(20)
    expect(Math.max(...sold)).toBeLessThanOrEqual(3)
  })
})

describe('while several are asked', () => {
  test('a buyer that is paused gets no lead any more: the next one is asked in the place of one that refuses', async () => {
    const [one, two] = peers
    const { path, flowId } = await aSharedSale(4, { sell_to: 2 })
    one?.now(async (request, response) => {
      await setStepActive(seller.actor, { flowId, stepId: 'b3', active: false })
      await refuses('No')(request, response)
    })
    // It takes its time until the fourth has the lead.
    const last = aGate(1)
    two?.now(last.behind(accepts))
    peers[3]?.now(async (request, response) => {
      await last.come()
      await accepts(request, response)
    })
    const { lead } = await submit(path)
    expect(await attemptsOf(lead.id)).toEqual(['One rejected', 'Two accepted', 'Four accepted'])
    expect(peers[2]?.received).toHaveLength(0)
    expect(await heldOf(flowId)).toEqual({ b2: 1, b4: 1 })
  })

  test('a flow that is switched off asks nobody new, and its lead ends by what those say that have it', async () => {
    const [one, two] = peers
    const { path, flowId } = await aSharedSale(4, { sell_to: 2 })
    const off = aGate(1)
    one?.now(async (request, response) => {
      await updateFlow(seller.actor, { flowId, enabled: false })
      await refuses('No')(request, response)
      off.open()
    })
    two?.now(off.behind(accepts))
    const { lead, outcome } = await submit(path)
    expect(outcome).toBe('success')
    expect(await attemptsOf(lead.id)).toEqual(['One rejected', 'Two accepted'])
    expect([peers[2], peers[3]].map((peer) => peer?.received.length)).toEqual([0, 0])
    expect(await heldOf(flowId)).toEqual({ b2: 1 })
  })
})

describe('a process that dies while several are asked', () => {
  /** Leaves this process's runs behind, as kill -9 would: it goes on under another owner, and the old lease is over. */
  const dies = async () => {
    await forget('run-owner-lease')
    await forget('run-owner-id')
  }
  const patiently = { timeout: 30_000, interval: 200 }
  const isOver = async (leadId: string) => (await leadOf(leadId)).status !== 'processing'

  test('leaves those without an end that had not answered; what was heard is kept, and nobody is asked twice', {
    timeout: 100_000,
  }, async () => {
    const [one, two, three] = peers
    const gate = aGate(1)
    one?.now(gate.behind(accepts))
    three?.now(gate.behind(refuses('No')))
    const { path, sourceId, flowId } = await aSharedSale(4)
    const answer = submit(path)
    // The run that is saved has the answer of the second.
    await vi.waitFor(async () => {
      const [run] = await pool().sql`select state from runs where source_id = ${sourceId}`
      expect(JSON.parse(String(run?.['state'])).run.results).toHaveLength(1)
    }, patiently)
    await dies()
    // Nobody is taken for dead before Postgres itself has been up for a lease.
    await vi.waitFor(async () => expect(await recoverRuns()).toBeGreaterThan(0), patiently)
    const [saved] = await pool().sql`select id from leads where source_id = ${sourceId} and side = 'seller'`
    const leadId = String(saved?.['id'])
    await vi.waitFor(async () => expect(await isOver(leadId)).toBe(true), patiently)
    // The dead process would say no more; here it does, and must find that the lead is not its own.
    gate.open()
    await answer
    expect(await attemptsOf(leadId)).toEqual(['One unknown', 'Two accepted', 'Three unknown'])
    expect([one, two, three, peers[3]].map((peer) => peer?.received.length)).toEqual([1, 1, 1, 0])
    expect(await heldOf(flowId)).toEqual({ b1: 1, b2: 1, b3: 1 })
  })
})
