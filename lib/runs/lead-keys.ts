import { createHash } from 'node:crypto'
import type postgres from 'postgres'
import { type LeadKey, leadKeyOf } from '../engine/index'
import { asJson } from './as-json'
import type { Job } from './job'
import { contactRows, type KeyRow } from './rows'
import { write } from './write'

/** Values that only a duplicate check compares may be long, and say more of a person than a key needs to. */
const kept = ({ kind, value }: LeadKey): string =>
  kind.startsWith('field:') ? createHash('sha256').update(value).digest('base64url') : value

/** A key as `lead_keys` holds it. */
export const keptKey = (key: LeadKey): { kind: string; value: string } => ({ kind: key.kind, value: kept(key) })

/**
 * All keys of a lead: contacts, by which people search for it, and the fields that duplicate checks of its flow compare.
 * Test leads have none: they are not searched for by person, and make nobody a duplicate.
 */
export function leadKeyRows({ run: { isTest, leadId, lead }, flow, compiled }: Job): KeyRow[] {
  if (isTest) return []
  const { accountId } = flow.flow
  const rows = contactRows(accountId, leadId, lead)
  for (const name of compiled.keyFields) {
    const key = leadKeyOf(name, lead[name])
    if (key?.kind.startsWith('field:')) rows.push({ account_id: accountId, lead_id: leadId, ...keptKey(key) })
  }
  return rows
}

/** Keys of leads that a duplicate check will compare: they are written in an order that all processes share. */
export const comparedKeys = (jobs: readonly Job[]): KeyRow[] =>
  jobs.flatMap((job) => (job.compiled.keyFields.length > 0 ? leadKeyRows(job) : []))

/**
 * Who holds a key's lock is the only one to write rows of that key until its transaction ends, so their `seq` tells the
 * order of their commits: a lead that looks for earlier ones sees every one with a lower `seq`. All locks of a batch are
 * taken before any of its rows, in one order everywhere.
 */
const lockKeys = `
  select pg_advisory_xact_lock(k) from (
    select distinct hashtextextended(account_id || ' ' || kind || ' ' || value, 0) as k
    from json_to_recordset($1::text::json) as x(account_id text, kind text, value text) order by k) as locks`

/** Takes the locks of these keys until the transaction ends. */
export const lockKeyRows = (tx: postgres.TransactionSql, rows: KeyRow[]) => write(tx, lockKeys, asJson(rows))

const insertKeys = `
  insert into lead_keys (account_id, kind, value, lead_id)
  select account_id, kind, value, lead_id
  from json_to_recordset($1::text::json) as x(account_id uuid, kind text, value text, lead_id uuid)
  on conflict do nothing`

/** Writes keys of values that a step set after the lead was in the log. Safe to repeat. */
export async function writeLateKeys(sql: postgres.Sql, job: Job): Promise<void> {
  const rows = leadKeyRows(job)
  if (rows.length === 0) return
  await sql.begin(async (tx) => {
    await Promise.all([lockKeyRows(tx, rows), write(tx, insertKeys, asJson(rows))])
  })
}
