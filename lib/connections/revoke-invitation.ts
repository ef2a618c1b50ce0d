import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { invitations } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { conflict } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { lockInvitation } from './own-invitation'
import { InvitationIdInput } from './schema'

/** Takes an invitation back: its link stops working. One that was accepted is a connection, to be revoked there. */
export async function revokeInvitation(
  actor: Actor,
  input: unknown,
  tx?: Tx,
): Promise<Result<{ id: string; status: 'revoked' }>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(InvitationIdInput, input)
  if (!parsed.ok) return parsed
  return transact(async (run) => {
    const found = await lockInvitation(run, actor, parsed.value.id)
    if (!found.ok) return found
    const { id, status, email } = found.value
    if (status === 'revoked') return ok({ id, status })
    if (status === 'accepted') return err(conflict('This invitation was accepted. End the connection instead.'))
    if (status === 'declined') return err(conflict('This invitation was declined: its link works no more.'))
    await touchConfig(run, [actor.accountId])
    await run.update(invitations).set({ status: 'revoked', decidedAt: new Date() }).where(eq(invitations.id, id))
    await recordAudit(run, actor, {
      action: 'invitation.revoke',
      subjectKind: 'invitation',
      subjectId: id,
      before: { status, email },
      after: { status: 'revoked' },
    })
    return ok({ id, status: 'revoked' })
  }, tx)
}
