import { and, eq, gte, inArray, max, sql, sum } from 'drizzle-orm'
import { db } from '../../db/client'
import { rollups } from '../../db/schema/index'
import { now } from '../clock'
import { dayMs, hourMs } from '../time'
import { type Counts, healthOf, statsOf } from './rules'
import type { ConnectionHealth, ConnectionStats } from './schema'

export type Figures = { stats: ConnectionStats; health: ConnectionHealth }
type Side = 'seller' | 'buyer'

const none = (): Counts => ({ accepted: 0, rejected: 0, error: 0, unknown: 0 })
const isCounted = (outcome: string): outcome is keyof Counts => Object.hasOwn(none(), outcome)
export const noFigures: Figures = { stats: statsOf(none(), 0, null), health: 'none' }

/** 30 days of a side's deliveries by connection, from the hourly rollups; health from the last three hours of them. */
export async function figuresOf(accountId: string, side: Side, ids: string[]): Promise<Map<string, Figures>> {
  if (!ids.length) return new Map()
  const recent = sql<number>`coalesce(sum(${rollups.count}) filter (where ${rollups.hour} >= ${new Date(now() - 3 * hourMs).toISOString()}::timestamptz), 0)::int`
  const rows = await db()
    .select({
      id: rollups.subjectId,
      outcome: rollups.outcome,
      count: sum(rollups.count).mapWith(Number),
      recent,
      cents: sum(rollups.cents).mapWith(Number),
      lastHour: max(rollups.hour),
    })
    .from(rollups)
    .where(
      and(
        eq(rollups.accountId, accountId),
        eq(rollups.subject, side === 'seller' ? 'connection' : 'bought'),
        inArray(rollups.subjectId, ids),
        gte(rollups.hour, new Date(now() - 30 * dayMs)),
      ),
    )
    .groupBy(rollups.subjectId, rollups.outcome)
  return new Map(ids.map((id) => [id, sumUp(rows.filter((row) => row.id === id))]))
}

type Row = { outcome: string; count: number; recent: number; cents: number; lastHour: Date | null }

function sumUp(rows: Row[]): Figures {
  const all = none()
  const lately = none()
  let cents = 0
  let lastMs = 0
  for (const row of rows) {
    if (!isCounted(row.outcome)) continue
    all[row.outcome] += row.count
    lately[row.outcome] += row.recent
    cents += row.cents
    lastMs = Math.max(lastMs, row.lastHour?.getTime() ?? 0)
  }
  return { stats: statsOf(all, cents, lastMs ? new Date(lastMs) : null), health: healthOf(lately) }
}
