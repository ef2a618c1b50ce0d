import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { invitations } from '../../db/schema/index'
import type { Actor } from '../actor'
import { notFound } from '../errors'
import { isUuid } from '../ids'
import { err, ok, type Result } from '../result'
import type { InvitationRow } from './views'

/** The actor's invitation, locked until the transaction ends: it can't be accepted meanwhile. */
export async function lockInvitation(tx: Tx, actor: Actor, id: string): Promise<Result<InvitationRow>> {
  if (!isUuid(id)) return err(notFound('Invitation'))
  const [row] = await tx
    .select()
    .from(invitations)
    .where(and(eq(invitations.id, id), eq(invitations.accountId, actor.accountId)))
    .for('update')
  return row ? ok(row) : err(notFound('Invitation'))
}
