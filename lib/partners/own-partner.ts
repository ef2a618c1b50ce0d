import { and, eq, ne, sql } from 'drizzle-orm'
import type { Executor, Tx } from '../../db/client'
import { partners } from '../../db/schema/index'
import type { Actor } from '../actor'
import { conflict, notFound, type Refusal } from '../errors'
import { isUuid } from '../ids'
import { err, ok, type Result } from '../result'

export type PartnerRow = typeof partners.$inferSelect

const mine = (actor: Actor, id: string) => and(eq(partners.id, id), eq(partners.accountId, actor.accountId))

export async function readPartner(exec: Executor, actor: Actor, id: string): Promise<Result<PartnerRow>> {
  const [row] = isUuid(id) ? await exec.select().from(partners).where(mine(actor, id)) : []
  return row ? ok(row) : err(notFound('The partner'))
}

/**
 * The actor's partner, locked until the transaction ends. Whoever locks connections, partners and accounts does it in
 * this order.
 */
export async function lockPartner(tx: Tx, actor: Actor, id: string): Promise<Result<PartnerRow>> {
  const [row] = isUuid(id) ? await tx.select().from(partners).where(mine(actor, id)).for('update') : []
  return row ? ok(row) : err(notFound('The partner'))
}

/** Whether another partner of the account has the name, letter case aside: people could not tell them apart. */
export async function isTaken(tx: Tx, actor: Actor, name: string, apart?: string): Promise<boolean> {
  const [other] = await tx
    .select({ id: partners.id })
    .from(partners)
    .where(
      and(
        eq(partners.accountId, actor.accountId),
        sql`lower(${partners.name}) = lower(${name})`,
        apart === undefined ? undefined : ne(partners.id, apart),
      ),
    )
  return other !== undefined
}

export function takenName(name: string): Refusal {
  const message = `There already is a partner named ${name}. Choose another name.`
  return conflict(message, [{ path: 'name', message }])
}
