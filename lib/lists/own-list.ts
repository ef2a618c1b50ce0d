import { and, eq, ne, sql } from 'drizzle-orm'
import type { Executor, Tx } from '../../db/client'
import { lists } from '../../db/schema/index'
import type { Actor } from '../actor'
import { notFound } from '../errors'
import { isUuid } from '../ids'
import { err, ok, type Result } from '../result'
import type { ListSummary } from './schema'

export type ListRow = typeof lists.$inferSelect

const mine = (actor: Actor, id: string) => and(eq(lists.id, id), eq(lists.accountId, actor.accountId))

export async function readList(exec: Executor, actor: Actor, id: string): Promise<Result<ListRow>> {
  const [row] = isUuid(id) ? await exec.select().from(lists).where(mine(actor, id)) : []
  return row ? ok(row) : err(notFound('The list'))
}

/** The actor's list, locked until the transaction ends. */
export async function lockList(tx: Tx, actor: Actor, id: string): Promise<Result<ListRow>> {
  const [row] = isUuid(id) ? await tx.select().from(lists).where(mine(actor, id)).for('update') : []
  return row ? ok(row) : err(notFound('The list'))
}

/** Whether another list of the account has the name, letter case aside: expressions could not tell them apart. */
export async function isTaken(tx: Tx, actor: Actor, name: string, apart = ''): Promise<boolean> {
  const [other] = await tx
    .select({ id: lists.id })
    .from(lists)
    .where(
      and(
        eq(lists.accountId, actor.accountId),
        sql`lower(${lists.name}) = lower(${name})`,
        apart === '' ? undefined : ne(lists.id, apart),
      ),
    )
  return other !== undefined
}

export const takenName = (name: string): string => `There already is a list named ${name}. Choose another name.`

export const summarise = ({ id, name, type, hash, size, updatedAt }: ListRow): ListSummary => ({
  id,
  name,
  type: type as ListSummary['type'],
  hash,
  size,
  updatedAt: updatedAt.toISOString(),
})
