import { pool } from '../../db/client'
import type { Actor } from '../actor'
import { findLeadIds } from '../events/index'
import { isUuid } from '../ids'

/** Where a page ends: a moment in microseconds since 1970, and among equals the lead's id. */
export const cursorOf = (microseconds: string, leadId: string): string => `${microseconds}.${leadId}`

/** The other way round; nothing for a cursor that is none. */
export function readCursor(cursor: string | undefined): { us: string; id: string } | undefined {
  const [us = '', id = ''] = (cursor ?? '').split('.')
  return /^\d{1,18}$/.test(us) && isUuid(id) ? { us, id } : undefined
}

/** What the lists of the queue have in common: whose they are, which leads `q` finds, and what must be equal. */
export async function conditionsOf<Name extends string>(
  actor: Actor,
  filters: { q?: string | undefined } & Partial<Record<Name, string | undefined>>,
  equalTo: readonly Name[],
) {
  const { sql } = pool()
  const found = filters.q === undefined ? undefined : await findLeadIds(actor, filters.q)
  return [
    sql`t.account_id = ${actor.accountId}`,
    found && sql`t.lead_id = any(${found}::uuid[])`,
    ...equalTo.map((name) => filters[name] !== undefined && sql`${sql(`t.${name}`)} = ${filters[name] ?? null}`),
  ]
}

/** The moment of a cursor, to compare with. */
export const momentOf = ({ us }: { us: string }) =>
  pool().sql`timestamptz 'epoch' + ${us}::bigint * interval '1 microsecond'`

/** A page of the rows that were read, one more than it holds. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
  cursorAt: (row: Row) => string,
): { data: Item[]; nextCursor?: string } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { data: shown.map(itemOf), ...(rows.length > limit && last && { nextCursor: cursorAt(last) }) }
}
