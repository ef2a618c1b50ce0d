import { createHash } from 'node:crypto'
import type postgres from 'postgres'
import { pool } from '../../db/client'
import { displayValue, type Run, type TypedLead } from '../engine/index'
import { asJson } from './as-json'
import type { Job } from './job'
import * as statement from './statements'
import { write } from './write'

type Held = { bid: NonNullable<Run['bid']>; bids?: NonNullable<Run['bids']> }
type BidRow = {
  id: string
  is_test: boolean
  price_cents: string
  run: string
  expires_ms: string
  lead_id: string | null
}

/** What a bid carries from its ping to its lead: what buyers bid, and what they bid for, by field, as a digest. */
export type CarriedRun = Pick<Run, 'bids'> & { told?: Record<string, string> }

type Told = { fields: readonly { name: string; label?: string | undefined }[]; lead: TypedLead }

const isTold = (value: TypedLead[string] | undefined) => value !== undefined && displayValue(value) !== ''

const digestOf = (bidId: string, value: TypedLead[string] | undefined): string =>
  createHash('sha256')
    .update(`${bidId} ${JSON.stringify(value?.normal ?? value?.raw ?? null)}`)
    .digest('base64url')
    .slice(0, 16)

/** The fields of the flow that a ping told: its lead has to say the same of them. */
export const toldBy = (bidId: string, { fields, lead }: Told): Record<string, string> =>
  Object.fromEntries(fields.flatMap(({ name }) => (isTold(lead[name]) ? [[name, digestOf(bidId, lead[name])]] : [])))

/** The first field of which a lead says something else than its ping did, as people call it. */
function differing(bidId: string, told: Record<string, string>, { fields, lead }: Told): string | undefined {
  const field = fields.find(({ name }) => Object.hasOwn(told, name) && told[name] !== digestOf(bidId, lead[name]))
  return field && (field.label || field.name)
}

export const usedBefore = 'The bid was used before'

function refusalOf(row: BidRow | undefined, isTest: boolean, now: number): string | undefined {
  if (!row) return 'There is no such bid'
  if (row.lead_id !== null) return usedBefore
  if (Number(row.expires_ms) < now) return 'The bid has expired'
  if (row.is_test === isTest) return undefined
  return row.is_test ? 'The bid was made for a test lead' : 'The bid was not made for a test lead'
}

/**
 * The bid that a submission refers to, with what buyers bid for it; or why it does not hold. Another source's is none.
 * @param now when the submission came: a bid is honoured until it expires, however long the rest takes.
 */
export async function findBid(
  id: string,
  {
    accountId,
    sourceId,
    isTest,
    now,
    ...lead
  }: Told & {
    accountId: string
    sourceId: string
    isTest: boolean
    now: number
  },
): Promise<Held> {
  const [row] = await pool().sql.unsafe<BidRow[]>(statement.findBid, [id, accountId, sourceId], { prepare: true })
  const refused = refusalOf(row, isTest, now)
  if (!row || refused !== undefined) return { bid: { id, refused: refused ?? '' } }
  const { bids, told = {} } = JSON.parse(row.run) as CarriedRun
  const other = differing(id, told, lead)
  if (other !== undefined) return { bid: { id, refused: `The bid was made for another lead: ${other} differs` } }
  return { bid: { id, priceCents: Number(row.price_cents) }, ...(bids && { bids }) }
}

const heldBid = ({ run: { bid } }: Job) => (bid && 'priceCents' in bid ? bid : undefined)

export const holdsBid = (job: Job): boolean => heldBid(job) !== undefined

/** Uses the bids of a batch. Answers the leads whose bid was free, and is theirs when the transaction commits. */
export async function takeBids(tx: postgres.TransactionSql, jobs: Job[]): Promise<ReadonlySet<string>> {
  const asked = jobs.flatMap((job) => {
    const bid = heldBid(job)
    return bid ? [{ id: bid.id, account_id: job.flow.flow.accountId, lead_id: job.run.leadId }] : []
  })
  const rows = asked.length > 0 ? await write(tx, statement.takeBids, asJson(asked)) : []
  return new Set([...rows].map((row) => row['lead_id'] as string))
}
