import { pool } from '../../db/client'
import type { Actor } from '../actor'
import { mostCounted, type QueueCounts } from './schema'

/** How much stands in each list of the queue: at most 100 of each are counted, however long the lists are. */
export async function countQueue({ accountId }: Actor): Promise<QueueCounts> {
  const { sql } = pool()
  const countOf = (table: string) =>
    sql`(select count(*)::int from (select 1 from ${sql(table)} where account_id = ${accountId} limit ${mostCounted}) t)`
  const [counts] = await sql<[QueueCounts]>`
    select ${countOf('held_leads')} as waiting, ${countOf('dead_letters')} as "givenUp",
      ${countOf('undecided_attempts')} as decisions`
  return counts
}
