import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '../../db/client'
import {
  accepts,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  must,
  refuses,
  type Someone,
  says,
  testDatabase,
} from '../../db/testing/index'
import type { Actor } from '../actor'
import { intakeApp } from '../api/index'
import type { FlowDocumentInput } from '../engine/index'
import { saveDraft } from '../flows/index'
import { startRuntime } from '../runtime'
import {
  cancelBacktest,
  createBacktest,
  getBacktest,
  listBacktestLeads,
  listBacktests,
  runNextBacktest,
  sweepBacktests,
} from './index'
import type { CreateBacktestInput } from './schema'

testDatabase()

let seller: Someone
let first: Awaited<ReturnType<typeof aPeer>>
let second: Awaited<ReturnType<typeof aPeer>>

beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
  first = await aPeer()
  second = await aPeer()
})

let number = 0
async function submit(path: string, more: Record<string, string> = {}): Promise<string> {
  const body = new URLSearchParams({ email: `b${++number}@example.com`, state: 'CA', ...more })
  const answer = await intakeApp.request(path, { method: 'POST', body })
  return ((await answer.json()) as { lead: { id: string } }).lead.id
}

const fields: FlowDocumentInput['fields'] = [
  { name: 'email', type: 'email' },
  { name: 'state', type: 'state' },
  { name: 'credit_score', type: 'number' },
  { name: 'ssn', type: 'ssn' },
]
const one = (more = {}) => aManualStep({ id: 'one', name: 'One', url: first.url, ...more })
const two = (more = {}) => aManualStep({ id: 'two', name: 'Two', url: second.url, ...more })
const draft = async (flowId: string, document: FlowDocumentInput) =>
  must(await saveDraft(seller.actor, { flowId, document: { fields, ...document } }))

/** Asks for a backtest, lets the worker run it, and reads what came of it. */
async function backtest(actor: Actor, input: CreateBacktestInput) {
  const { id } = must(await createBacktest(actor, input))
  while (await runNextBacktest());
  const view = must(await getBacktest(actor, input.flowId, id))
  const leads = must(await listBacktestLeads(actor, input.flowId, id, { limit: 200 })).data
  return { id, view, leads }
}

describe('a draft tried on the leads of before', () => {
  test('is told beside what happened, differences first, without sending or counting anything', async () => {
    first.now(accepts)
    const flow = await aLiveFlow(seller.actor, { fields, steps: [one()] })
    const good = await submit(flow.path, { credit_score: '700' })
    const poor = await submit(flow.path, { credit_score: '500' })
    await draft(flow.flowId, { steps: [one({ eligible_when: 'lead.credit_score > 650' })] })
    const asked = first.received.length
    const counted = () =>
      pool().sql`select * from rollups where account_id = ${seller.actor.accountId} order by 1, 2, 3, 4`
    const before = await counted()

    const { view, leads } = await backtest(seller.actor, { flowId: flow.flowId })
    expect(view).toMatchObject({
      status: 'done',
      version: 'draft',
      total: 2,
      done: 2,
      totals: {
        before: { leads: 2, sold: 2, success: 2, revenueCents: 9000 },
        after: { leads: 2, sold: 1, success: 1, failure: 1, revenueCents: 4500 },
        changes: { lost: 1, same: 1 },
      },
    })
    expect(leads.map(({ leadId, change }) => [leadId, change])).toEqual([
      [poor, 'lost'],
      [good, 'same'],
    ])
    expect(leads[0]).toMatchObject({
      label: expect.stringContaining('@example.com'),
      before: { outcome: 'success', buyers: [{ stepId: 'one', outcome: 'accepted', priceCents: 4500 }] },
      after: { outcome: 'failure', reason: 'Credit score must be more than 650', buyers: [{ outcome: 'skipped' }] },
    })
    expect(first.received.length).toBe(asked)
    expect(await counted()).toEqual(before)
    expect(await pool().sql`select id from leads where flow_id = ${flow.flowId}`).toHaveLength(2)
  })

  test('takes what a buyer said in truth, with the price it named, and assumes the rest', async () => {
    first.now(refuses('Not wanted'))
    second.now(says(201, { status: 'accepted', payout: 61.5 }))
    const flow = await aLiveFlow(seller.actor, { fields, steps: [one(), two()] })
    await submit(flow.path)
    await draft(flow.flowId, {
      steps: [one(), two({ rules: { active: true, price: 10 } }), { ...one(), id: 'three', name: 'Three' }],
    })
    const { leads, view } = await backtest(seller.actor, { flowId: flow.flowId, assume: { answers: 'rejects' } })
    expect(leads).toMatchObject([
      {
        change: 'same',
        after: {
          revenueCents: 6150,
          buyers: [
            { stepId: 'one', outcome: 'rejected', reason: 'Not wanted' },
            { stepId: 'two', outcome: 'accepted', priceCents: 6150 },
            { stepId: 'three', outcome: 'rejected', reason: 'Taken to be rejected' },
          ],
        },
      },
    ])
    expect(view.totals?.after.buyers.map(({ stepId, accepted, rejected }) => [stepId, accepted, rejected])).toEqual([
      ['one', 0, 1],
      ['two', 1, 0],
      ['three', 0, 1],
    ])
    const otherwise = await backtest(seller.actor, {
      flowId: flow.flowId,
      recorded: false,
      assume_steps: { two: { answers: 'rejects' } },
    })
    expect(otherwise.leads[0]).toMatchObject({ change: 'moved' })
  })

  test('a step’s new price stands where the buyer named none', async () => {
    first.now(accepts)
    const flow = await aLiveFlow(seller.actor, { fields, steps: [one()] })
    await submit(flow.path)
    await draft(flow.flowId, { steps: [one({ rules: { active: true, price: 52 } })] })
    const { leads } = await backtest(seller.actor, { flowId: flow.flowId })
    expect(leads).toMatchObject([{ change: 'repriced', before: { revenueCents: 4500 }, after: { revenueCents: 5200 } }])
  })

  test('may ask about sealed values, and writes none of them down', async () => {
    first.now(accepts)
    const flow = await aLiveFlow(seller.actor, { fields, steps: [one()] })
    await submit(flow.path, { ssn: '123-45-6789' })
    await submit(flow.path, { ssn: 'none' })
    await draft(flow.flowId, {
      steps: [{ id: 'known', type: 'filter', name: 'Known', stop_when: '!lead.ssn.valid', reason: 'No number' }, one()],
    })
    const { id, leads } = await backtest(seller.actor, { flowId: flow.flowId })
    expect(leads.map(({ change, after }) => [change, after.reason])).toEqual([
      ['lost', 'No number'],
      ['same', undefined],
    ])
    const [held] = await pool().sql<{ text: string }[]>`
      select string_agg(l::text, '') as text from backtest_leads l where backtest_id = ${id}`
    expect(held?.text).not.toMatch(/6789|example\.com/)
  })

  test('begins with what was submitted, not with what steps have set since', async () => {
    first.now(accepts)
    const set = (credit_score: number) => ({ id: 'set', type: 'mapping' as const, name: 'Set', set: { credit_score } })
    const flow = await aLiveFlow(seller.actor, { fields, steps: [set(800), one()] })
    await submit(flow.path, { credit_score: '500' })
    await draft(flow.flowId, { steps: [one({ eligible_when: 'lead.credit_score > 650' })] })
    expect((await backtest(seller.actor, { flowId: flow.flowId })).leads).toMatchObject([{ change: 'lost' }])
    await draft(flow.flowId, { steps: [set(700), one({ eligible_when: 'lead.credit_score > 650' })] })
    expect((await backtest(seller.actor, { flowId: flow.flowId })).leads).toMatchObject([{ change: 'same' }])
  })

  test('fills caps in the order in which the leads came', async () => {
    first.now(accepts)
    const flow = await aLiveFlow(seller.actor, { fields, steps: [one()] })
    const ids: string[] = []
    for (let i = 0; i < 3; i++) ids.push(await submit(flow.path))
    await draft(flow.flowId, { steps: [one({ conditional_delivery: { caps: { monthly: 2 } } })] })
    const { leads } = await backtest(seller.actor, { flowId: flow.flowId })
    expect(leads.map(({ leadId, change }) => [leadId, change])).toEqual([
      [ids[2], 'lost'],
      [ids[1], 'same'],
      [ids[0], 'same'],
    ])
  })

  test('tries the buyers of a distribution by what each said', async () => {
    first.now(refuses('Not wanted'))
    second.now(accepts)
    const shared = {
      fields,
      steps: [
        {
          id: 'all',
          type: 'distribution' as const,
          name: 'All',
          strategy: 'priority' as const,
          buyers: [one(), two()],
        },
      ],
    }
    const flow = await aLiveFlow(seller.actor, shared)
    await submit(flow.path)
    await draft(flow.flowId, {
      steps: [{ ...shared.steps[0], buyers: [one(), two({ rules: { active: true, price: 50 } })] }] as never,
    })
    expect((await backtest(seller.actor, { flowId: flow.flowId })).leads).toMatchObject([
      { change: 'repriced', before: { revenueCents: 4500 }, after: { revenueCents: 5000 } },
    ])
  })

  test('takes buyers that are off as ready when it is asked to', async () => {
    const flow = await aLiveFlow(seller.actor, { fields, steps: [one({ rules: { active: false, price: 45 } })] })
    await submit(flow.path)
    expect((await backtest(seller.actor, { flowId: flow.flowId })).view.totals?.after).toMatchObject({ sold: 0 })
    expect((await backtest(seller.actor, { flowId: flow.flowId, all_ready: true })).view.totals?.after).toMatchObject({
      sold: 1,
      revenueCents: 4500,
    })
  })

  test('runs on the newest, on a time, and on a version', async () => {
    first.now(accepts)
    const flow = await aLiveFlow(seller.actor, { fields, steps: [one()] })
    const ids: string[] = []
    for (let i = 0; i < 3; i++) ids.push(await submit(flow.path))
    const last = await backtest(seller.actor, { flowId: flow.flowId, version: 1, leads: { last: 2 } })
    expect(last.leads.map(({ leadId }) => leadId)).toEqual([ids[2], ids[1]])
    expect(last.view).toMatchObject({ version: 1, total: 2, totals: { changes: { same: 2 } } })
    const none = await backtest(seller.actor, {
      flowId: flow.flowId,
      leads: { from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' },
    })
    expect(none.view).toMatchObject({ status: 'done', total: 0, done: 0 })
  })
})

describe('a file', () => {
  const csv = 'email,state,credit score\nana@example.com,CA,700\n\nbo@example.com,Bavaria,"7,00"\n'

  test('is run row by row by the names of its columns', async () => {
    const flow = await aLiveFlow(seller.actor, {
      fields,
      mappings: [{ from: 'credit score', to: 'credit_score' }],
      acceptance: { rule: 'lead.state.valid', reason: 'No such state' },
      steps: [one()],
    })
    const { view, leads } = await backtest(seller.actor, {
      flowId: flow.flowId,
      leads: { csv, source_id: flow.sourceId },
    })
    expect(view).toMatchObject({
      total: 2,
      asked: { leads: { file: true } },
      totals: { after: { leads: 2, sold: 1 }, before: { leads: 0 } },
    })
    expect(leads).toMatchObject([
      { position: 1, change: 'new', after: { outcome: 'success', revenueCents: 4500 } },
      { position: 2, after: { outcome: 'failure', reason: 'No such state' } },
    ])
    const [row] = await pool().sql`select sealed_file from backtests where id = ${view.id}`
    expect(row).toEqual({ sealed_file: null })
  })

  test('that is none is refused in words', async () => {
    const flow = await aLiveFlow(seller.actor, { fields, steps: [one()] })
    const refusedFor = async (text: string) => {
      const made = await createBacktest(seller.actor, { flowId: flow.flowId, leads: { csv: text } })
      return made.ok ? 'accepted' : made.error.issues?.[0]?.message
    }
    expect(await refusedFor('email\n')).toBe('There is no lead below the names of the columns.')
    expect(await refusedFor('\n\n')).toMatch(/first row/)
    expect(await refusedFor(`email\n${'a@b.com\n'.repeat(10_001)}`)).toMatch(/at most 10,000/)
  })

  test('of two thousand leads is done in seconds, the same each time', async () => {
    const rows = Array.from(
      { length: 2_000 },
      (_, i) => `lead${i}@example.com,${i % 3 ? 'CA' : 'Texas'},${500 + (i % 300)}`,
    )
    const many = ['email,state,credit_score', ...rows].join('\n')
    const flow = await aLiveFlow(seller.actor, {
      fields,
      steps: [one({ eligible_when: 'lead.credit_score > 650' }), two()],
    })
    const input = {
      flowId: flow.flowId,
      leads: { csv: many },
      assume: { answers: 'accepts_percent', percent: 30 },
    } as const
    const [a, b] = [await backtest(seller.actor, input), await backtest(seller.actor, input)]
    expect(a.view).toMatchObject({ status: 'done', done: 2_000 })
    expect(a.view.totals).toEqual(b.view.totals)
    const share = (a.view.totals?.after.buyers.find(({ stepId }) => stepId === 'two')?.accepted ?? 0) / 2_000
    expect(share).toBeGreaterThan(0.25)
    expect(share).toBeLessThan(0.35)
  })
})

describe('a backtest', () => {
  test('can be cancelled, and keeps nothing of its file', async () => {
    const flow = await aLiveFlow(seller.actor, { fields, steps: [one()] })
    const { id } = must(await createBacktest(seller.actor, { flowId: flow.flowId, leads: { csv: 'email\na@b.com' } }))
    must(await cancelBacktest(seller.actor, { flowId: flow.flowId, backtestId: id }))
    expect(await runNextBacktest()).toBe(false)
    expect(must(await getBacktest(seller.actor, flow.flowId, id)).status).toBe('cancelled')
    expect(await cancelBacktest(seller.actor, { flowId: flow.flowId, backtestId: id })).toMatchObject({
      ok: false,
      error: { kind: 'conflict' },
    })
  })

  test('whose worker died is begun anew by another', async () => {
    first.now(accepts)
    const flow = await aLiveFlow(seller.actor, { fields, steps: [one()] })
    await submit(flow.path)
    const { id } = must(await createBacktest(seller.actor, { flowId: flow.flowId }))
    await pool()
      .sql`update backtests set status = 'running', leased_until = now() - interval '1 second' where id = ${id}`
    expect(await runNextBacktest()).toBe(true)
    expect(must(await getBacktest(seller.actor, flow.flowId, id))).toMatchObject({ status: 'done', done: 1 })
  })

  test('that was taken over is written by its last worker only', async () => {
    const flow = await aLiveFlow(seller.actor, { fields, steps: [one()] })
    const { id } = must(await createBacktest(seller.actor, { flowId: flow.flowId, leads: { csv: 'email\na@b.com' } }))
    const view = async () => must(await getBacktest(seller.actor, flow.flowId, id))
    const { sql } = pool()
    const slow = await sql.begin(async (tx) => {
      await tx`lock table backtest_leads in access exclusive mode`
      const running = runNextBacktest()
      await expect.poll(async () => (await view()).status).toBe('running')
      await sql`update backtests set takes = takes + 1 where id = ${id}`
      return [running]
    })
    expect(await Promise.all(slow)).toEqual([true])
    expect(await view()).toMatchObject({ status: 'running', done: 0 })
    await sql`update backtests set leased_until = now() - interval '1 second' where id = ${id}`
    expect(await runNextBacktest()).toBe(true)
    expect(await view()).toMatchObject({ status: 'done', done: 1 })
  })

  test('is refused for a draft with errors, for a fourth at once, and for someone else’s flow', async () => {
    const flow = await aLiveFlow(seller.actor, { fields, steps: [one()] })
    const other = await aSeller()
    for (const work of [
      createBacktest(other.actor, { flowId: flow.flowId }),
      getBacktest(other.actor, flow.flowId, flow.flowId),
      listBacktests(other.actor, flow.flowId),
      createBacktest(seller.actor, { flowId: flow.flowId, version: 9 }),
    ])
      expect(await work).toMatchObject({ ok: false, error: { kind: 'not-found' } })
    await draft(flow.flowId, { steps: [one({ eligible_when: 'lead.nothing ==' })] })
    expect(await createBacktest(seller.actor, { flowId: flow.flowId })).toMatchObject({
      ok: false,
      error: { kind: 'invalid' },
    })
    for (let i = 0; i < 3; i++) must(await createBacktest(seller.actor, { flowId: flow.flowId, version: 1 }))
    expect(await createBacktest(seller.actor, { flowId: flow.flowId, version: 1 })).toMatchObject({
      ok: false,
      error: { kind: 'conflict' },
    })
    while (await runNextBacktest());
  })

  test('is forgotten after thirty days, with its results', async () => {
    const flow = await aLiveFlow(seller.actor, { fields, steps: [one()] })
    const { id } = await backtest(seller.actor, { flowId: flow.flowId, leads: { csv: 'email\na@b.com' } })
    await pool().sql`update backtests set created_at = now() - interval '31 days' where id = ${id}`
    await sweepBacktests()
    expect(must(await listBacktests(seller.actor, flow.flowId))).toEqual([])
    expect(await pool().sql`select 1 from backtest_leads where backtest_id = ${id}`).toHaveLength(0)
  })
})
