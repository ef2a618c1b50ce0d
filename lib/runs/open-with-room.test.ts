import { beforeAll, expect, test } from 'vitest'
import { pool } from '../../db/client'
import { aLiveFlow, aManualStep, aPeer, aSeller, type Someone, testDatabase } from '../../db/testing/index'
import { startRuntime } from '../runtime'
import { openBatch } from './commit-one'
import { eventIdFor } from './event-id'
import { flowFor } from './flow-cache'
import type { Job } from './job'
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

/** A flow whose buyers may have so many leads a month each, and jobs for leads of it that ask the counters. */
async function aFlowOf(...caps: number[]) {
  const { flowId, sourceId } = await aLiveFlow(seller.actor, {
    steps: caps.map((monthly, at) => ({
      ...aManualStep({ id: `b${at + 1}`, name: `B${at + 1}`, url }),
      conditional_delivery: { caps: { monthly } },
    })),
  })
  const flow = await flowFor(flowId)
  const source = flow?.sources.get(sourceId)
  if (!flow || !source) throw new Error('the flow is not there')
  const jobOf = async (email: string): Promise<Job> => {
    const receivedAt = Date.now()
    const job = await prepare(
      { flow, source, fields: { email }, isTest: false, ip: '', userAgent: '', receivedAt },
      Buffer.from(email.padEnd(32)),
    )
    step(job, { kind: 'start', now: receivedAt, nextEventId: eventIdFor(job.run) })
    return job
  }
  const used = async () => {
    const rows = await pool().sql<{ used: string }[]>`
      select used from counters where key like ${`step:${flowId}/%`} order by key`
    return rows.map((row) => Number(row.used))
  }
  return { jobOf, used }
}

const jobs = (flow: { jobOf: (email: string) => Promise<Job> }, ...emails: string[]) =>
  Promise.all(emails.map((email) => flow.jobOf(email)))
const kinds = (opened: { kind: string }[]) => opened.map(({ kind }) => kind)
const ended = (batch: Job[]) => batch.map(({ run }) => run.state)

test('a lead whose body is under way takes no place beside the one that it joins', async () => {
  const flow = await aFlowOf(10)
  // The first batch makes the counter.
  expect(kinds(await openBatch(pool().sql, await jobs(flow, 'a@example.com'), []))).toEqual(['opened'])
  const batch = await jobs(flow, 'b@example.com', 'b@example.com', 'a@example.com', 'c@example.com')
  expect(kinds(await openBatch(pool().sql, batch, []))).toEqual(['opened', 'joins', 'joins', 'opened'])
  expect(await flow.used()).toEqual([3])
})

test('a batch that does not fit is asked lead by lead: those that fit are sold, the others hear why not', async () => {
  const flow = await aFlowOf(4)
  await openBatch(pool().sql, await jobs(flow, 'd1@example.com', 'd2@example.com'), [])
  const batch = await jobs(flow, 'd3@example.com', 'd4@example.com', 'd5@example.com', 'd6@example.com')
  expect(kinds(await openBatch(pool().sql, batch, []))).toEqual(['opened', 'opened', 'opened', 'opened'])
  expect(ended(batch)).toEqual(['open', 'open', 'done', 'done'])
  expect(batch[3]?.run.reason).toMatch(/^Cap 4 of 4 a month/)
  expect(await flow.used()).toEqual([4])
})

test('batches of several connections at once take exactly what there is', async () => {
  const flow = await aFlowOf(25)
  await openBatch(pool().sql, await jobs(flow, 'e@example.com'), [])
  const batches = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      jobs(flow, ...Array.from({ length: 5 }, (__, lead) => `e${at}-${lead}@example.com`)),
    ),
  )
  await Promise.all(batches.map((batch) => openBatch(pool().sql, batch, [])))
  expect(ended(batches.flat()).filter((state) => state === 'open')).toHaveLength(24)
  expect(await flow.used()).toEqual([25])
})

test('nothing is taken by a batch that breaks, and its leads can be opened again', async () => {
  const flow = await aFlowOf(10)
  await openBatch(pool().sql, await jobs(flow, 'f@example.com'), [])
  const [good, bad] = await jobs(flow, 'f1@example.com', 'f2@example.com')
  if (!good || !bad) throw new Error('no jobs')
  bad.run = { ...bad.run, source: { ...bad.run.source, id: 'no id' } }
  await expect(openBatch(pool().sql, [good, bad], [])).rejects.toMatchObject({ code: '22P02' })
  expect(await flow.used()).toEqual([1])
  expect(kinds(await openBatch(pool().sql, [good], []))).toEqual(['opened'])
  expect(await flow.used()).toEqual([2])
})
