import { pool } from '../../db/client'
import { type Ask, claimsOf, isOfMoment, keysOf } from '../engine/index'

type Looking = {
  accountId: string
  /** The lead that is tried: a contact that it claimed itself is none of another. */
  leadId: string
  /** The moment that is tried, and the present one. */
  at: number
  now: number
}
type Held = { used: Map<string, number>; claims: Map<string, { leadId: string; at: number }> }

const needsOfAsk = ({ lead, candidates }: Ask) => [...lead, ...candidates.flatMap(({ needs }) => needs)]

/**
 * What the counters and contacts hold that are asked about, as they stand; nothing is locked or taken. A cap of another
 * stretch of time than the present one is taken as empty, and so is a contact that was claimed after the moment.
 */
export async function readCounters({ accountId, leadId, at, now }: Looking, ask: Ask): Promise<Held> {
  const { sql } = pool()
  const other = new Set(needsOfAsk(ask).flatMap((need) => (isOfMoment(need, now) ? [] : [need.key])))
  const keys = keysOf(ask).filter((key) => !other.has(key))
  const [counters, claims] = await Promise.all([
    sql<{ key: string; used: string }[]>`
      select key, used from counters where account_id = ${accountId} and key = any(${keys}::text[])`,
    sql<{ key: string; lead_id: string; at: string }[]>`
      select key, lead_id, (extract(epoch from claimed_at) * 1000)::bigint as at from buyer_claims
      where account_id = ${accountId} and key = any(${claimsOf(ask)}::text[]) and lead_id <> ${leadId}
        and claimed_at <= ${new Date(at).toISOString()}`,
  ])
  return {
    used: new Map(counters.map(({ key, used }) => [key, Number(used)])),
    claims: new Map(claims.map((claim) => [claim.key, { leadId: claim.lead_id, at: Number(claim.at) }])),
  }
}
