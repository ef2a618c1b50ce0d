import type postgres from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import { pool } from '../../db/client'
import { aLiveFlow, aManualStep, aPeer, aSeller, must, type Someone, testDatabase } from '../../db/testing/index'
import { setStepActive } from '../flows/index'
import { once, startRuntime } from '../runtime'
import { carryThrough, openDurably } from './carry-through'
import { openBatch } from './commit-one'
import { reserveBatch } from './commit-two'
import { eventIdFor } from './event-id'
import { flowFor } from './flow-cache'
import { openJournal } from './journal'
import { holdLease } from './owner'
import { step } from './step'
import { prepare } from './submit'

testDatabase()

let seller: Someone
let url: string
beforeAll(async () => {
  await startRuntime('intake')
  await holdLease()
  seller = await aSeller()
  url = (await aPeer()).url
})

/** A database whose reply to each COMMIT is lost, after it was done or before. */
const losing = (isDone: boolean, isLost = () => {}): postgres.Sql =>
  new Proxy(pool().sql, {
    get: (sql, name) =>
      name === 'begin'
        ? async (work: (tx: postgres.TransactionSql) => Promise<unknown>) => {
            await sql.begin(async (tx) => {
              await work(tx)
              if (!isDone) throw new Error('the connection is lost')
            })
            isLost()
            throw new Error('the connection is lost')
          }
        : Reflect.get(sql, name),
  })

/** A flow that asks the counters, and a lead of it whose first step is decided. */
async function decided(more: object = {}) {
  const { flowId, sourceId } = await aLiveFlow(seller.actor, {
    steps: ['b1', 'b2'].map((id) => ({
      ...aManualStep({ id, name: id, url }),
      conditional_delivery: { caps: { monthly: 10 } },
      rules: { active: true, price: 45, accept_duplicates: false },
      ...more,
    })),
  })
  const flow = await flowFor(flowId)
  const source = flow?.sources.get(sourceId)
  if (!flow || !source) throw new Error('the flow is not there')
  const receivedAt = Date.now()
  const fields = { email: `${flowId}@example.com` }
  const lead = { flow, source, fields, isTest: false, ip: '', userAgent: '', receivedAt }
  const job = await prepare(lead, Buffer.from(flowId.slice(0, 32)))
  const effect = step(job, { kind: 'start', now: receivedAt, nextEventId: eventIdFor(job.run) })
  const used = async () => {
    const rows = await pool().sql<{ used: string }[]>`
      select used from counters where key like ${`step:${flowId}/%`} order by key`
    return rows.map((row) => Number(row.used))
  }
  return { job, effect, used, flowId }
}

/** A lead that one buyer has refused, and that asks the counters for the next one. */
async function aLead() {
  const { job, used } = await decided()
  await openBatch(pool().sql, [job], [])
  const { eventId = '' } = job.run.awaiting ?? {}
  const verdict = { outcome: 'rejected' as const }
  step(job, { kind: 'answered', eventId, verdict, now: Date.now(), nextEventId: eventIdFor(job.run) })
  return { job, used }
}

test.each([true, false])(
  'a place is taken once where the reply to its COMMIT is lost (which was done: %s)',
  async (isDone) => {
    const { job, used } = await aLead()
    await expect(reserveBatch(losing(isDone), [job])).rejects.toThrow('the connection is lost')
    const [said] = await reserveBatch(pool().sql, [job])
    expect(said).toMatchObject({ ours: true, effect: { kind: 'attempt', stepId: 'b2' } })
    expect(job.run.awaiting?.stepId).toBe('b2')
    expect(await used()).toEqual([0, 1])
  },
)

test('a lead whose first COMMIT lost its reply is no duplicate of itself, and takes one place', async () => {
  const { job, effect, used } = await decided()
  openJournal()
  const journal = once<{ sql: postgres.Sql }>('journal', () => {
    throw new Error('it is made')
  })
  const { sql } = journal
  journal.sql = losing(true, () => {
    journal.sql = sql
  })
  const opened = await openDurably(job, effect)
  if (opened.kind !== 'opened') throw new Error('it is in the log')
  expect(await carryThrough(job, opened.effect, opened.configVersion)).toBe(true)
  expect(job.run.results).toMatchObject([
    { stepId: 'b1', outcome: 'accepted' },
    { stepId: 'b2', outcome: 'accepted' },
  ])
  expect(await used()).toEqual([1, 1])
})

test('a lead that is to wait waits, also where the configuration changed while it was taken in', async () => {
  const connection = aManualStep({ url }).connection
  const request = { ...connection.request, batch: { minutes: 60, leads: 10 } }
  const { job, effect, used, flowId } = await decided({ connection: { ...connection, request } })
  for (const active of [false, true]) must(await setStepActive(seller.actor, { flowId, stepId: 'b2', active }))
  const opened = await openDurably(job, effect)
  if (opened.kind !== 'opened') throw new Error('it is in the log')
  expect(await carryThrough(job, opened.effect, opened.configVersion)).toBe(true)
  const { leadId } = job.run
  expect(await pool().sql`select cause from held_leads where lead_id = ${leadId}`).toEqual([{ cause: 'batch' }])
  expect(await used()).toEqual([1])
})
