import { and, eq, or } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { connections } from '../../db/schema/index'
import type { Actor } from '../actor'
import { notFound } from '../errors'
import { isUuid } from '../ids'
import { err, ok, type Result } from '../result'

export type ConnectionRow = typeof connections.$inferSelect
export type Side = 'seller' | 'buyer'

/** Either side's connections. */
/** On this side of it stands the actor's account. */
export const isOn = (actor: Actor, side: Side) =>
  eq(side === 'seller' ? connections.sellerAccountId : connections.buyerAccountId, actor.accountId)

export const isMine = (actor: Actor) => or(isOn(actor, 'seller'), isOn(actor, 'buyer'))

export const sideOf = (actor: Actor, row: { sellerAccountId: string }): Side =>
  row.sellerAccountId === actor.accountId ? 'seller' : 'buyer'

export const otherAccount = (actor: Actor, row: { sellerAccountId: string; buyerAccountId: string }): string =>
  row.sellerAccountId === actor.accountId ? row.buyerAccountId : row.sellerAccountId

/** A connection of the actor, from either side, locked until the transaction ends. */
export async function lockConnection(tx: Tx, actor: Actor, id: string): Promise<Result<ConnectionRow>> {
  if (!isUuid(id)) return err(notFound('Connection'))
  const [row] = await tx
    .select()
    .from(connections)
    .where(and(eq(connections.id, id), isMine(actor)))
    .for('update')
  return row ? ok(row) : err(notFound('Connection'))
}
