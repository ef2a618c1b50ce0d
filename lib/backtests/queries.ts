import { and, asc, desc, eq, gt, or, sql } from 'drizzle-orm'
import { db, pool } from '../../db/client'
import { backtestLeads, backtests, flows, users } from '../../db/schema/index'
import type { Actor } from '../actor'
import { changeKinds, leadLabel, type PackedLead } from '../engine/index'
import { notFound } from '../errors'
import { isUuid } from '../ids'
import { err, ok, type Result } from '../result'
import { dayMs } from '../time'
import { ownBacktest } from './own-backtest'
import type { BacktestAsked, BacktestLead, BacktestLeadFilters, BacktestLeadPage, BacktestView } from './schema'

/** Days a backtest and its results are kept. */
export const keptDays = 30

const columns = {
  id: backtests.id,
  flowId: backtests.flowId,
  version: backtests.version,
  asked: backtests.asked,
  status: backtests.status,
  problem: backtests.problem,
  total: backtests.total,
  done: backtests.done,
  totals: backtests.totals,
  createdAt: backtests.createdAt,
  startedAt: backtests.startedAt,
  endedAt: backtests.endedAt,
  createdBy: users.name,
}

const rowsWhere = (where: ReturnType<typeof and>, limit: number) =>
  db()
    .select(columns)
    .from(backtests)
    .leftJoin(users, eq(users.id, backtests.createdBy))
    .where(where)
    .orderBy(desc(backtests.id))
    .limit(limit)

function viewOf(row: Awaited<ReturnType<typeof rowsWhere>>[number]): BacktestView {
  const { version, asked, problem, totals, createdBy, createdAt, startedAt, endedAt, ...rest } = row
  return {
    ...rest,
    version: version ?? 'draft',
    asked: asked as BacktestAsked,
    ...(problem !== null && { problem }),
    ...(totals && { totals }),
    ...(createdBy !== null && { createdBy }),
    createdAt: createdAt.toISOString(),
    ...(startedAt && { startedAt: startedAt.toISOString() }),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
    keptUntil: new Date(createdAt.getTime() + keptDays * dayMs).toISOString(),
  }
}

/** The backtests of a flow that are kept, newest first, 50 at most. */
export async function listBacktests(actor: Actor, flowId: string): Promise<Result<BacktestView[]>> {
  if (!isUuid(flowId)) return err(notFound('The flow'))
  const mine = and(eq(flows.id, flowId), eq(flows.accountId, actor.accountId))
  const [flow] = await db().select({ id: flows.id }).from(flows).where(mine)
  if (!flow) return err(notFound('The flow'))
  const own = and(eq(backtests.accountId, actor.accountId), eq(backtests.flowId, flowId))
  return ok((await rowsWhere(own, 50)).map(viewOf))
}

/** One backtest with its progress and totals. */
export async function getBacktest(actor: Actor, flowId: string, backtestId: string): Promise<Result<BacktestView>> {
  const own = ownBacktest(actor, flowId, backtestId)
  const [row] = own ? await rowsWhere(own, 1) : []
  return row ? ok(viewOf(row)) : err(notFound('The backtest'))
}

const cursorOf = ({ rank, position }: { rank: number; position: number }) => `${rank}.${position}`

function afterCursor(cursor: string | undefined) {
  const [rank = Number.NaN, position = Number.NaN] = (cursor ?? '').split('.').map(Number)
  if (!Number.isInteger(rank) || !Number.isInteger(position)) return undefined
  return or(gt(backtestLeads.rank, rank), and(eq(backtestLeads.rank, rank), gt(backtestLeads.position, position)))
}

/** The leads of a backtest, differences first: lost, won, moved, repriced, other outcome, other reason, the same. */
export async function listBacktestLeads(
  actor: Actor,
  flowId: string,
  backtestId: string,
  filters: BacktestLeadFilters,
): Promise<Result<BacktestLeadPage>> {
  const own = ownBacktest(actor, flowId, backtestId)
  const [found] = own ? await db().select({ id: backtests.id }).from(backtests).where(own) : []
  if (!found) return err(notFound('The backtest'))
  const { change, cursor } = filters
  const limit = filters.limit ?? 50
  const rows = await db()
    .select()
    .from(backtestLeads)
    .where(
      and(
        eq(backtestLeads.backtestId, backtestId),
        change && eq(backtestLeads.rank, changeKinds.indexOf(change)),
        afterCursor(cursor),
      ),
    )
    .orderBy(asc(backtestLeads.rank), asc(backtestLeads.position))
    .limit(limit + 1)
  const shown = rows.slice(0, limit)
  const labels = await labelsOf(actor, shown)
  const last = shown.at(-1)
  return ok({
    data: shown.map((row) => leadOf(row, labels)),
    ...(rows.length > limit && last && { nextCursor: cursorOf(last) }),
  })
}

type LeadRow = typeof backtestLeads.$inferSelect

/** What people call the leads of a page, as far as the log still has them. */
async function labelsOf(actor: Actor, rows: readonly LeadRow[]): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ leadId }) => leadId ?? []).sort()
  const [first] = ids
  const last = ids.at(-1)
  if (!first || !last) return new Map()
  const found = await pool().sql<{ id: string; data: PackedLead }[]>`
    select id, data from leads
    where account_id = ${actor.accountId} and id = any(${ids}::uuid[]) and id between ${first} and ${last}`
  return new Map(found.map(({ id, data }) => [id, leadLabel(data)]))
}

function leadOf({ rank, position, leadId, before, after }: LeadRow, labels: Map<string, string>): BacktestLead {
  const label = labels.get(leadId ?? '')
  return {
    position,
    change: changeKinds[rank] ?? 'same',
    ...(leadId !== null && { leadId }),
    ...(label && { label }),
    ...(before && { before }),
    after,
  }
}

/** Forgets backtests that are older than 30 days, with their results. */
export async function sweepBacktests(): Promise<void> {
  await db().delete(backtests).where(sql`${backtests.createdAt} < now() - make_interval(days => ${keptDays})`)
}
