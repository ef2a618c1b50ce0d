import { and, eq, sql } from 'drizzle-orm'
import { db } from '../../db/client'
import { backtestLeads, backtests } from '../../db/schema/index'
import { addLead, type BacktestTotals, changeKinds, changeOf, emptyTotals, type LeadEnding } from '../engine/index'
import { loadDocument } from '../flows/index'
import { log } from '../log'
import { noteLive } from '../runs/index'
import { accountCipher } from '../secrets/index'
import { type LoggedLead, readLogged, type Wanted, windowOf } from './logged-leads'
import { readRows } from './read-rows'
import { type BacktestAsked, mostLeads } from './schema'
import { leadTrier, type Tried } from './try-lead'

const batchSize = 250
const leaseSeconds = 60

type Row = typeof backtests.$inferSelect
type Under = { row: Row; asked: BacktestAsked; totals: BacktestTotals; total: number; done: number; started: number }
type Ended = { tried: Tried; before?: LeadEnding; leadId?: string }

/** Takes the oldest backtest that waits, or whose worker died; as it is taken, since another may take it over at once. */
async function claim(): Promise<Row | undefined> {
  const oldest = sql`(
    select id from backtests
    where status = 'waiting' or (status = 'running' and leased_until < now())
    order by id limit 1 for update skip locked)`
  const [row] = await db()
    .update(backtests)
    .set({
      status: 'running',
      startedAt: sql`now()`,
      done: 0,
      takes: sql`${backtests.takes} + 1`,
      leasedUntil: sql`now() + make_interval(secs => ${leaseSeconds})`,
    })
    .where(eq(backtests.id, oldest))
    .returning()
  return row
}

/** A backtest that this worker still has: another takes it when this one seems dead, and it may be cancelled. */
const stillMine = ({ id, takes }: Row) =>
  and(eq(backtests.id, id), eq(backtests.takes, takes), eq(backtests.status, 'running'))

/** Runs one backtest that waits to its end. Answers whether there was one. For the worker. */
export async function runNextBacktest(): Promise<boolean> {
  const row = await claim()
  if (!row) return false
  try {
    await db().delete(backtestLeads).where(eq(backtestLeads.backtestId, row.id))
    await runBacktest(row)
  } catch (error) {
    log.error({ err: error, backtestId: row.id }, 'a backtest broke off')
    await end(row, 'failed', 'Something went wrong on our side. It was logged; try again.')
  }
  return true
}

async function end(row: Row, status: 'done' | 'failed', problem?: string): Promise<void> {
  await db()
    .update(backtests)
    .set({ status, endedAt: new Date(), leasedUntil: null, sealedFile: null, ...(problem && { problem }) })
    .where(stillMine(row))
  noteLive(row.accountId)
}

async function runBacktest(row: Row): Promise<void> {
  const flow = await loadDocument(row.flowId, row.document)
  if (!flow?.live) return end(row, 'failed', 'The flow can’t be run as it is now: look at its problems.')
  const asked = row.asked as BacktestAsked
  const tryLead = leadTrier({ ...flow, live: flow.live }, asked)
  const under: Under = { row, asked, totals: emptyTotals(), total: 0, done: 0, started: Date.now() }
  for await (const batch of batchesOf(under)) {
    const ends = batch.map(({ tried, before, leadId }) => ({ before, leadId, after: tryLead(tried) }))
    if (!(await keep(under, ends))) return
    noteLive(row.accountId)
  }
  await end(row, 'done')
}

const wantedOf = ({ row: { accountId, flowId }, asked: { leads } }: Under): Wanted => ({
  accountId,
  flowId,
  ...('from' in leads && { from: leads.from, to: leads.to }),
})

const mostOf = ({ asked: { leads } }: Under): number => ('last' in leads ? leads.last : mostLeads)

/** Says how much there is to do, so that progress has an end. */
async function begin(under: Under, total: number): Promise<void> {
  under.total = total
  await db().update(backtests).set({ total }).where(stillMine(under.row))
}

const batchesOf = (under: Under): AsyncGenerator<Ended[]> =>
  'file' in under.asked.leads ? batchesOfFile(under) : batchesOfLog(under)

async function* batchesOfLog(under: Under): AsyncGenerator<Ended[]> {
  const cipher = await accountCipher(under.row.accountId)
  const open = (leadId: string, name: string, sealed: string) =>
    cipher.open({ table: 'leads', column: `data.${name}`, row: leadId }, sealed)
  const wanted = wantedOf(under)
  const window = await windowOf(wanted, mostOf(under))
  await begin(under, window?.total ?? 0)
  for (let after: string | undefined; window; ) {
    const leads = await readLogged(wanted, window, { after, limit: batchSize, open })
    if (leads.length === 0) return
    yield leads.map(endedOf)
    after = leads.at(-1)?.leadId
  }
}

const endedOf = ({ leadId, before, ...lead }: LoggedLead): Ended => ({
  leadId,
  before,
  tried: { ...lead, key: leadId },
})

async function* batchesOfFile(under: Under): AsyncGenerator<Ended[]> {
  const { row, asked, started } = under
  const place = { table: 'backtests', column: 'sealed_file', row: row.id }
  const rows = readRows((await accountCipher(row.accountId)).open(place, row.sealedFile ?? ''))
  if (!rows.ok) throw new Error(rows.error.message)
  const { value } = rows
  const sourceId = 'file' in asked.leads ? asked.leads.source_id : undefined
  await begin(under, value.length)
  for (let at = 0; at < value.length; at += batchSize) {
    yield value.slice(at, at + batchSize).map((submitted, index) => ({
      tried: { key: `row ${at + index + 1}`, submitted, receivedAt: started, sourceId },
    }))
  }
}

type Result = { before?: LeadEnding | undefined; leadId?: string | undefined; after: LeadEnding }

/** A file is told from its first row; the log, which is tried from its oldest lead, from the newest. */
function positionOf(under: Under): number {
  const index = under.done++
  return 'file' in under.asked.leads ? index + 1 : under.total - index
}

/** Writes a batch with the progress it means; false when the backtest was cancelled or taken over meanwhile. */
async function keep(under: Under, ends: readonly Result[]): Promise<boolean> {
  const rows = ends.map(({ before, leadId, after }) => {
    const change = changeOf(before, after)
    addLead(under.totals, before, after, change)
    return {
      backtestId: under.row.id,
      rank: changeKinds.indexOf(change),
      position: positionOf(under),
      leadId: leadId ?? null,
      before: before ?? null,
      after,
    }
  })
  return db().transaction(async (tx) => {
    const [still] = await tx
      .update(backtests)
      .set({
        done: under.done,
        totals: under.totals,
        leasedUntil: new Date(Date.now() + leaseSeconds * 1_000),
      })
      .where(stillMine(under.row))
      .returning({ id: backtests.id })
    if (!still) return false
    await tx.insert(backtestLeads).values(rows).onConflictDoNothing()
    return true
  })
}
