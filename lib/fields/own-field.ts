import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { customFields } from '../../db/schema/index'
import type { Actor } from '../actor'
import { notFound } from '../errors'
import { err, ok, type Result } from '../result'

export const ownField = (actor: Actor, name: string) =>
  and(eq(customFields.accountId, actor.accountId), eq(customFields.name, name))

const columns = {
  name: customFields.name,
  type: customFields.type,
  label: customFields.label,
  description: customFields.description,
}

export type FieldRow = Pick<typeof customFields.$inferSelect, keyof typeof columns>

/** A field of the actor's account, locked until the transaction ends. */
export async function lockField(tx: Tx, actor: Actor, name: string): Promise<Result<FieldRow>> {
  const [row] = await tx.select(columns).from(customFields).where(ownField(actor, name)).for('update')
  return row ? ok(row) : err(notFound(`The field “${name}”`))
}
