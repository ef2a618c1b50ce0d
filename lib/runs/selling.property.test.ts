import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { pool } from '../../db/client'
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
} from '../../db/testing/index'
import { intakeApp } from '../api/index'
import type { FlowDocumentInput } from '../engine/index'
import { startRuntime } from '../runtime'
import { openJournal } from './index'

testDatabase()

const handles = { a: accepts, r: refuses('No'), e: says(503, {}), u: hangsUp }
type Said = keyof typeof handles

let seller: Someone
let urls: string[] = []
beforeAll(async () => {
  await startRuntime('intake')
  openJournal()
  seller = await aSeller()
  // What a buyer says to a lead stands in the lead: the letter of its place in "aru.17@example.com".
  const buyers = [0, 1, 2].map((at) =>
    aPeer((request, response) => handles[String(request.json()['email'])[at] as Said](request, response)),
  )
  urls = (await Promise.all(buyers)).map(({ url }) => url)
})

const drawn = fc.record({
  strategy: fc.constantFrom('priority', 'weighted', 'round_robin', 'broadcast'),
  sellTo: fc.integer({ min: 1, max: 3 }),
  parallel: fc.boolean(),
  buyers: fc.array(
    fc.record({ cap: fc.integer({ min: 0, max: 5 }), weight: fc.integer({ min: 1, max: 3 }), goesOn: fc.boolean() }),
    { minLength: 3, maxLength: 3 },
  ),
  flowCap: fc.constantFrom(0, 0, 4),
  leads: fc.array(
    fc
      .array(fc.constantFrom<Said>('a', 'a', 'a', 'r', 'e', 'u'), { minLength: 3, maxLength: 3 })
      .map((said) => said.join('')),
    { minLength: 4, maxLength: 24 },
  ),
})
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never
type Steps = NonNullable<FlowDocumentInput['steps']>

function stepOf({ strategy, sellTo, parallel, buyers }: Drawn) {
  const members = buyers.map(({ cap, weight, goesOn }, at) => ({
    ...aManualStep({ id: `b${at}`, name: `b${at}`, url: urls[at] ?? '', weight }),
    conditional_delivery: { caps: { monthly: cap } },
    ...(goesOn && { on_unknown: 'next_buyer' }),
  }))
  return { id: 'auction', type: 'distribution', name: 'Auction', strategy, sell_to: sellTo, parallel, buyers: members }
}

let number = 0
const submit = async (path: string, said: string) => {
  const body = new URLSearchParams({ email: `${said}.${++number}@example.com` })
  expect((await intakeApp.request(path, { method: 'POST', body })).status).toBe(201)
}

type Row = { name: string; used: string }
/** What the counters of a flow hold, without those that are at 0, by the buyer or the flow that they belong to. */
async function heldOf(flowId: string): Promise<Record<string, number>> {
  const rows = await pool().sql<Row[]>`
    select split_part(key, '|', 1) as name, sum(used) as used from counters
    where key like ${`step:${flowId}/%`} or key like ${`flow:${flowId}|%`} group by 1 having sum(used) <> 0`
  return Object.fromEntries(rows.map(({ name, used }) => [name.replace(`${flowId}/`, ''), Number(used)]))
}

type Kept = { name: string; count: number }
/** What the log says that they should hold: leads that a buyer took or may have, and of a flow what it sold. */
async function keptOf(flowId: string, { buyers, flowCap }: Drawn): Promise<Record<string, number>> {
  const { sql } = pool()
  const steps = await sql<Kept[]>`
    select 'step:' || step_id as name, count(*)::int as count from events
    where flow_id = ${flowId} and type = 'delivery' and outcome in ('accepted', 'unknown') group by 1`
  const [sold] = await sql<Kept[]>`
    select ${`flow:${flowId}`} as name, count(*)::int as count from leads
    where flow_id = ${flowId} and side = 'seller' and outcome = 'success'`
  const counted = steps.filter(({ name }) => (buyers[Number(name.at(-1))]?.cap ?? 0) > 0)
  const all = flowCap > 0 && sold && sold.count > 0 ? [...counted, sold] : counted
  return Object.fromEntries(all.map(({ name, count }) => [name, count]))
}

const turnsOf = async (flowId: string): Promise<number> => {
  const [row] = await pool().sql`
    select coalesce(sum(used), 0)::int as sum from counters where key like ${`turn:${flowId}/%`}`
  return row?.['sum']
}

test('counters hold what the log says was sold or may have been, whatever the buyers answer to leads that come at once', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async (given) => {
      const document = { caps: { monthly: given.flowCap }, steps: [stepOf(given)] as unknown as Steps }
      const { flowId, path } = await aLiveFlow(seller.actor, document)
      await Promise.all(given.leads.map((said) => submit(path, said)))
      const held = await heldOf(flowId)
      expect(held).toEqual(await keptOf(flowId, given))
      for (const [at, { cap }] of given.buyers.entries())
        if (cap > 0) expect(held[`step:b${at}`] ?? 0).toBeLessThanOrEqual(cap)
      if (given.flowCap > 0) expect(held[`flow:${flowId}`] ?? 0).toBeLessThanOrEqual(given.flowCap)
      expect(await turnsOf(flowId)).toBe(0)
    }),
    { numRuns: 25 },
  )
}, 120_000)
