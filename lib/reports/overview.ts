import { pool } from '../../db/client'
import type { Actor } from '../actor'
import { hourMs } from '../time'
import type { Overview } from './schema'

type HourRow = { at: string; outcome: string; count: string; cents: string }
type SubjectRow = { subject_id: string; outcome: string; latency_bucket: number; count: string; cents: string }
type Name = { id: string; name: string; href: string }

const noTotals = () => ({ leads: 0, sold: 0, revenueCents: 0, costCents: 0, errors: 0, unknown: 0 })

/** The last 24 hours of an account, as seller or as buyer, from the rollups alone. */
export async function overview(actor: Actor, side: 'seller' | 'buyer', now: number): Promise<Overview> {
  const { sql } = pool()
  const thisHour = Math.floor(now / hourMs) * hourMs
  const since = thisHour - 23 * hourMs
  const before = new Date(thisHour - 47 * hourMs).toISOString()
  const whole = side === 'seller' ? 'flow' : 'bought'
  const parts = side === 'seller' ? 'step' : 'bought'
  const [hours, sales, subjects] = await Promise.all([
    sql<HourRow[]>`
      select hour as at, outcome, sum(count) as count, sum(cents) as cents from rollups
      where account_id = ${actor.accountId} and subject = ${whole} and hour >= ${before} group by 1, 2 order by 1`,
    side === 'buyer'
      ? []
      : sql<HourRow[]>`
          select hour as at, outcome, sum(count) as count, sum(cents) as cents from rollups
          where account_id = ${actor.accountId} and subject = 'step' and hour >= ${before} group by 1, 2`,
    sql<SubjectRow[]>`
      select subject_id, outcome, latency_bucket, sum(count) as count, sum(cents) as cents from rollups
      where account_id = ${actor.accountId} and subject = ${parts} and hour >= ${new Date(since).toISOString()}
      group by 1, 2, 3`,
  ])
  const names = side === 'seller' ? await stepNames(actor) : await sellerNames(actor)
  const isNow = (row: HourRow) => Date.parse(row.at) >= since
  const isBefore = (row: HourRow) => Date.parse(row.at) < since
  const earlier = totalsOf(hours.filter(isBefore), sales.filter(isBefore))
  return {
    totals: totalsOf(hours.filter(isNow), sales.filter(isNow)),
    before: {
      leads: earlier.leads,
      sold: earlier.sold,
      revenueCents: earlier.revenueCents,
      costCents: earlier.costCents,
    },
    hours: hoursOf(hours, since, thisHour),
    subjects: subjectsOf(subjects, names),
  }
}

/**
 * @param leads of a seller by flow (their money is what sources were paid), of a buyer by connection (what it pays).
 * @param sales of a seller by step: what buyers pay. All steps count, those too that no live version has any more.
 */
function totalsOf(leads: HourRow[], sales: HourRow[]) {
  const totals = noTotals()
  for (const row of leads) {
    const count = Number(row.count)
    totals.leads += count
    if (row.outcome === 'success' || row.outcome === 'accepted') totals.sold += count
    if (row.outcome === 'error') totals.errors += count
    if (row.outcome === 'unknown') totals.unknown += count
    totals.costCents += Number(row.cents)
  }
  for (const row of sales) {
    if (row.outcome === 'unknown') totals.unknown += Number(row.count)
    totals.revenueCents += Number(row.cents)
  }
  return totals
}

const asLead: Record<string, 'success' | 'failure' | 'error' | 'pending'> = {
  success: 'success',
  accepted: 'success',
  failure: 'failure',
  rejected: 'failure',
  error: 'error',
  pending: 'pending',
  unknown: 'pending',
}

function hoursOf(rows: HourRow[], since: number, thisHour: number): Overview['hours'] {
  const hours = new Map<number, Overview['hours'][number]>()
  for (let at = since; at <= thisHour; at += hourMs) {
    hours.set(at, { at: new Date(at).toISOString(), success: 0, failure: 0, error: 0, pending: 0 })
  }
  for (const row of rows) {
    const hour = hours.get(Date.parse(row.at))
    const kind = asLead[row.outcome]
    if (hour && kind) hour[kind] += Number(row.count)
  }
  return [...hours.values()]
}

function subjectsOf(rows: SubjectRow[], names: Map<string, Name>): Overview['subjects'] {
  const subjects = new Map<string, Overview['subjects'][number] & { buckets: number[] }>()
  for (const row of rows) {
    const name = names.get(row.subject_id)
    if (!name) continue
    const fresh = { ...name, accepted: 0, rejected: 0, error: 0, unknown: 0, skipped: 0, cents: 0, buckets: [] }
    const subject = subjects.get(row.subject_id) ?? fresh
    subjects.set(row.subject_id, subject)
    const count = Number(row.count)
    const { outcome } = row
    if (
      outcome === 'accepted' ||
      outcome === 'rejected' ||
      outcome === 'error' ||
      outcome === 'unknown' ||
      outcome === 'skipped'
    ) {
      subject[outcome] += count
      if (outcome !== 'skipped')
        subject.buckets[row.latency_bucket] = (subject.buckets[row.latency_bucket] ?? 0) + count
    }
    subject.cents += Number(row.cents)
  }
  return [...subjects.values()]
    .sort((a, b) => b.accepted - a.accepted || b.rejected - a.rejected)
    .map(({ buckets, ...subject }) => ({ ...subject, ...medianOf(buckets) }))
}

/** The upper bound of the histogram's bucket that holds the median. */
function medianOf(buckets: number[]): { medianMs?: number } {
  const all = buckets.reduce((sum, count) => sum + (count ?? 0), 0)
  let seen = 0
  for (let bucket = 0; bucket < buckets.length; bucket++) {
    seen += buckets[bucket] ?? 0
    if (all > 0 && seen * 2 >= all) return { medianMs: 2 ** bucket }
  }
  return {}
}

async function stepNames(actor: Actor): Promise<Map<string, Name>> {
  const rows = await pool().sql<{ flow_id: string; step_id: string; name: string }[]>`
    select f.id as flow_id, s ->> 'id' as step_id, s ->> 'name' as name
    from flows f join flow_versions v on v.flow_id = f.id and v.version = f.live_version,
      json_array_elements(v.document -> 'steps') as s
    where f.account_id = ${actor.accountId} and s ->> 'type' = 'buyer'`
  return new Map(
    rows.map((row) => {
      const id = `${row.flow_id}/${row.step_id}`
      return [id, { id, name: row.name, href: `/seller/events?flow_id=${row.flow_id}&step_id=${row.step_id}` }]
    }),
  )
}

async function sellerNames(actor: Actor): Promise<Map<string, Name>> {
  const rows = await pool().sql<{ id: string; name: string }[]>`
    select c.id, a.name from connections c join accounts a on a.id = c.seller_account_id
    where c.buyer_account_id = ${actor.accountId}`
  return new Map(rows.map((row) => [row.id, { ...row, href: `/buyer/connections/${row.id}` }]))
}
