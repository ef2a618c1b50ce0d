import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { pool } from '../db/client'
import { migrate } from '../db/migrate'
import { accepts, aLiveFlow, aManualStep, aPeer, aSeller, type Someone } from '../db/testing/index'
import type { FlowDocumentInput } from '../lib/engine/index'
import { stopRuntime } from '../lib/runtime'
import { freePort } from './postgres/index'

/** A Postgres of this file's own, since it is going to be killed; found before `env()` is read for the first time. */
const postgres = await vi.hoisted(async () => {
  const { startPostgres } = await import('./postgres/index')
  const started = await startPostgres({ dataDir: process.env['BATON_DATA'] ?? '' })
  process.env['DATABASE_URL'] = started.url
  return started
})

type Role = 'intake' | 'worker'
/** By role; further intake processes by number. */
const children = new Map<string, ChildProcess>()
let port = 0
let submitUrl = ''
let seller: Someone
let buyer: Awaited<ReturnType<typeof aPeer>>

async function start(role: Role, name: string = role, at = port): Promise<void> {
  const child = fork(join(process.cwd(), 'dist', `${role}.js`), {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      BATON_ROLE: role,
      PORT: String(at),
      HOST: '127.0.0.1',
      BATON_LOG: 'error',
    },
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  children.set(name, child)
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) => reject(new Error(`${role} ended with ${code} before it was ready`)))
  })
}

async function kill(name: string): Promise<void> {
  const child = children.get(name)
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

beforeAll(async () => {
  execFileSync(process.execPath, [
    '--input-type=module',
    '-e',
    "await (await import('./scripts/bundle.mjs')).bundleServer()",
  ])
  await migrate(postgres.url, Date.now())
  seller = await aSeller()
  buyer = await aPeer(async (request, response) => {
    await sleep(Math.random() * 30)
    await accepts(request, response)
  })
  const flow = await aLiveFlow(seller.actor, { steps: [aManualStep({ url: buyer.url })] })
  port = await freePort(0)
  submitUrl = `http://127.0.0.1:${port}${flow.path}`
  await Promise.all([start('intake'), start('worker')])
}, 120_000)

afterAll(async () => {
  await Promise.all([...children.keys()].map(kill))
  await stopRuntime()
  await postgres.stop()
}, 30_000)

let number = 0
/** A source as it should be: it sends the same lead again until it is answered. */
async function submitUntilAnswered(answered: string[], until: number): Promise<void> {
  const body = JSON.stringify({ email: `d${++number}@example.com`, state: 'CA' })
  for (;;) {
    try {
      const answer = await fetch(submitUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      const said = (await answer.json()) as { lead?: { id: string } }
      if (answer.status === 201 && said.lead) return void answered.push(said.lead.id)
    } catch {
      // The process is gone, or not back yet.
    }
    if (Date.now() > until) return
    await sleep(50)
  }
}

/** Leads from 24 sources at a time, until `trouble` is over and for a while after. Answers the ids they were told. */
async function underLoad(trouble: () => Promise<void>): Promise<string[]> {
  const answered: string[] = []
  let over = false
  const source = async () => {
    for (let after = 0; after < 4; after += Number(over)) await submitUntilAnswered(answered, Date.now() + 60_000)
  }
  const sources = Array.from({ length: 24 }, source)
  await trouble()
  over = true
  await Promise.all(sources)
  return answered
}

async function expectNothingLostNorDoubled(answered: string[]): Promise<void> {
  const { sql } = pool()
  await vi.waitFor(
    async () => {
      expect((await sql`select 1 from runs where settled_at is null limit 1`).length).toBe(0)
      expect((await sql`select 1 from leads where status = 'processing' limit 1`).length).toBe(0)
    },
    { timeout: 60_000, interval: 500 },
  )
  const inLog = await sql`select 1 from leads where id = any(${answered}::uuid[]) and status <> 'processing'`
  expect(inLog.length).toBe(new Set(answered).size)
  const wrong = await sql`
    select l.id from leads l
    where (select count(*) from events e where e.lead_id = l.id and e.type = 'source') <> 1
       or (select count(*) from events e where e.lead_id = l.id and e.type = 'delivery') <> 1`
  expect(wrong.length).toBe(0)
  const emails = buyer.received.map((request) => String(request.json()['email']))
  expect(emails.length - new Set(emails).size).toBe(0)
}

describe('an answered lead is in the log, whatever dies, and no buyer hears of a lead twice', () => {
  test('kill -9 of intake, again and again, and of the worker', { timeout: 150_000 }, async () => {
    const before = number
    const answered = await underLoad(async () => {
      for (let round = 0; round < 3; round++) {
        await sleep(1_200)
        await kill('intake')
        if (round === 1) await kill('worker')
        await start('intake')
        if (round === 1) await start('worker')
      }
    })
    expect(answered.length).toBe(number - before)
    await expectNothingLostNorDoubled(answered)
  })

  test('Postgres killed under load, and started again', { timeout: 150_000 }, async () => {
    const [row] = await pool().sql<{ folder: string }[]>`select current_setting('data_directory') as folder`
    const before = number
    const answered = await underLoad(async () => {
      await sleep(2_000)
      const postmaster = Number(readFileSync(join(row?.folder ?? '', 'postmaster.pid'), 'utf8').split('\n')[0])
      // At once and without a checkpoint, as when it crashes.
      process.kill(postmaster, 'SIGQUIT')
      await vi.waitFor(async () => expect(await postgres.revive()).toBe(true), { timeout: 20_000, interval: 200 })
    })
    expect(answered.length).toBe(number - before)
    await expectNothingLostNorDoubled(answered)
  })

  test('each process listens with one connection', async () => {
    const listening = await pool().sql`
      select application_name from pg_stat_activity where query ilike 'listen %' and application_name like 'baton-%'`
    // The worker does once it has carried a lead on.
    const names = listening.map((backend) => String(backend['application_name']))
    expect(names).toContain('baton-intake')
    expect(new Set(names).size).toBe(names.length)
  })

  test('a stop that is asked for finishes what is under way', { timeout: 60_000 }, async () => {
    const answered: string[] = []
    const load = Promise.all(Array.from({ length: 24 }, () => submitUntilAnswered(answered, 0)))
    await sleep(5)
    const intake = children.get('intake')
    const gone = new Promise((resolve) => intake?.once('exit', resolve))
    intake?.kill('SIGTERM')
    await Promise.all([load, gone])
    const { sql } = pool()
    expect((await sql`select 1 from runs where settled_at is null`).length).toBe(0)
    expect((await sql`select 1 from leads where status = 'processing'`).length).toBe(0)
    expect((await sql`select 1 from leads where id = any(${answered}::uuid[])`).length).toBe(answered.length)
  })
})

describe('what many processes do at the same time is exact', () => {
  const ports: number[] = []
  let systems: Awaited<ReturnType<typeof aPeer>>[] = []
  beforeAll(async () => {
    systems = await Promise.all([aPeer(), aPeer(), aPeer()])
    for (const name of ['intake', 'intake-2', 'intake-3']) {
      const at = await freePort(0)
      ports.push(at)
      await start('intake', name, at)
    }
  }, 60_000)

  type Steps = NonNullable<FlowDocumentInput['steps']>
  type Answer = { outcome: string; reason?: string }

  /** Sends leads from many clients through all processes at once. */
  async function sendAll(steps: unknown[], leads: number): Promise<Answer[]> {
    const { path } = await aLiveFlow(seller.actor, { steps: steps as Steps })
    const send = async (at: number): Promise<Answer> => {
      const url = `http://127.0.0.1:${ports[at % ports.length]}${path}`
      const answer = await fetch(url, {
        method: 'POST',
        body: new URLSearchParams({ email: `x${++number}@example.com` }),
      })
      expect(answer.status).toBe(201)
      return (await answer.json()) as Answer
    }
    return Promise.all(Array.from({ length: leads }, (_, at) => send(at)))
  }

  test('a cap sells as many as it says, and refuses all others cleanly', { timeout: 60_000 }, async () => {
    const step = { ...aManualStep({ url: systems[0]?.url ?? '' }), conditional_delivery: { caps: { monthly: 40 } } }
    const answers = await sendAll([step], 120)
    expect(answers.filter(({ outcome }) => outcome === 'success')).toHaveLength(40)
    expect(answers.filter(({ reason }) => reason?.startsWith('Cap 40 of 40 a month'))).toHaveLength(80)
    expect(systems[0]?.received).toHaveLength(40)
  })

  test.each([
    ['round_robin', [1, 1, 1], [40, 40, 40]],
    ['weighted', [5, 3, 2], [60, 36, 24]],
  ] as const)('%s: shares %j of 120 leads are %j', { timeout: 60_000 }, async (strategy, weights, shares) => {
    for (const { received } of systems) received.splice(0)
    const buyers = weights.map((weight, at) => aManualStep({ id: `b${at}`, url: systems[at]?.url ?? '', weight }))
    const step = { id: 'shares', type: 'distribution', name: 'Shares', strategy, buyers }
    const answers = await sendAll([step], 120)
    expect(answers.every(({ outcome }) => outcome === 'success')).toBe(true)
    expect(systems.map(({ received }) => received.length)).toEqual(shares)
  })
})
