import { setTimeout as sleep } from 'node:timers/promises'
import type { JobHelpers } from 'graphile-worker'
import { expect, test } from 'vitest'
import { pool } from '../../db/client'
import { testDatabase } from '../../db/testing/index'
import { uuidv7 } from '../ids'
import { repeat } from './repeat'
import { tasks } from './tasks'

testDatabase()

const perform = (name: string) => tasks[name]?.({}, {} as JobHelpers)

test('an idempotency key is forgotten after seven days, and not before', async () => {
  const { sql } = pool()
  for (const days of [6, 8])
    await sql`
      insert into idempotency_keys (account_id, source_id, key, body_hash, lead_id, created_at)
      values (${uuidv7()}, ${uuidv7()}, ${`${days} days`}, ${Buffer.from('x')}, ${uuidv7()}, now() - make_interval(days => ${days}))`
  await perform('forget-idempotency-keys')
  expect((await sql`select key from idempotency_keys`).map((row) => row['key'])).toEqual(['6 days'])
})

test('every other task can be run at any time', async () => {
  for (const name of Object.keys(tasks)) await perform(name)
})

test('a loop goes on after a failure, and ends when it is stopped', async () => {
  let turns = 0
  const stop = repeat('test', 5, async () => {
    turns++
    if (turns === 1) throw new Error('once')
  })
  await expect.poll(() => turns).toBeGreaterThan(2)
  await stop()
  const after = turns
  await sleep(30)
  expect(turns).toBe(after)
})
