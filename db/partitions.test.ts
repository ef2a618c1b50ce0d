import { describe, expect, test } from 'vitest'
import { firstIdAt, uuidv7 } from '../lib/ids'
import { pool } from './client'
import { ensurePartitions, monthsAround } from './partitions'
import { aSeller, testDatabase } from './testing/index'

testDatabase()

const insertLead = (id: string) => pool().sql`
  insert into leads (id, account_id, side, is_test, status, data, received_at)
  values (${id}, ${uuidv7()}, 'seller', false, 'final', '{}', now()) returning tableoid::regclass::text as month`

describe('the months of the lead log', () => {
  test('reach from the month before to three ahead, over the turn of a year', () => {
    const months = monthsAround(Date.UTC(2026, 10, 21)).map((month) => month.suffix)
    expect(months).toEqual(['2026_10', '2026_11', '2026_12', '2027_01', '2027_02'])
  })

  test('have no gap between them', () => {
    const months = monthsAround(Date.UTC(2026, 0, 31, 23, 59))
    expect(months.slice(1).map((month) => month.fromId)).toEqual(months.slice(0, -1).map((month) => month.toId))
  })

  test('take a lead of today and one of the last millisecond of the month', async () => {
    const end = Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() + 1, 1)
    const [today] = await insertLead(uuidv7())
    const [last] = await insertLead(firstIdAt(end - 1))
    const [next] = await insertLead(firstIdAt(end))
    expect(last?.['month']).toBe(today?.['month'])
    expect(next?.['month']).not.toBe(today?.['month'])
  })

  test('are made once', async () => {
    expect(await ensurePartitions(pool().sql, Date.now())).toEqual([])
    const later = await ensurePartitions(pool().sql, Date.now() + 32 * 86_400_000)
    expect(later).toHaveLength(3)
    expect(await ensurePartitions(pool().sql, Date.now() + 32 * 86_400_000)).toEqual([])
  })
})

test('an account of the tests belongs to its owner', async () => {
  const seller = await aSeller({ name: 'Acme' })
  expect(seller.actor).toMatchObject({ accountName: 'Acme', plan: 'full', role: 'owner', userId: seller.user.id })
})
