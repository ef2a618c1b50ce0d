import type postgres from 'postgres'
import { firstIdAt } from '../lib/ids'

const partitioned = ['leads', 'events', 'event_payloads'] as const
const monthsBehind = 1
const monthsAhead = 3

type Month = { suffix: string; fromId: string; toId: string }

/** The months that must have a partition at a moment: the previous, the current and three to come, in UTC. */
export function monthsAround(nowMs: number): Month[] {
  const at = new Date(nowMs)
  const startOf = (offset: number) => Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + offset, 1)
  return Array.from({ length: monthsBehind + 1 + monthsAhead }, (_, index) => {
    const offset = index - monthsBehind
    const start = startOf(offset)
    const suffix = new Date(start).toISOString().slice(0, 7).replace('-', '_')
    return { suffix, fromId: firstIdAt(start), toId: firstIdAt(startOf(offset + 1)) }
  })
}

/**
 * Makes the partitions of the lead log that are missing; safe to repeat. A month is built beside its table and then
 * attached, since `CREATE TABLE … PARTITION OF` would stop every reader and writer of the table meanwhile.
 * @param nowMs Unix milliseconds
 * @returns the names of those it made
 */
export async function ensurePartitions(sql: postgres.Sql, nowMs: number): Promise<string[]> {
  const wanted = partitioned.flatMap((table) =>
    monthsAround(nowMs).map((month) => ({ table, name: `${table}_${month.suffix}`, ...month })),
  )
  const there = await sql<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits
    where inhparent in (select to_regclass(t) from unnest(${[...partitioned]}::text[]) as t)`
  const known = new Set(there.map((row) => row.name))
  const missing = wanted.filter((partition) => !known.has(partition.name))
  for (const { table, name, fromId, toId } of missing) {
    await sql.begin(async (tx) => {
      await tx.unsafe(`create table "${name}" (like "${table}" including all)`)
      await tx.unsafe(`alter table "${table}" attach partition "${name}" for values from ('${fromId}') to ('${toId}')`)
    })
  }
  return missing.map((partition) => partition.name)
}
