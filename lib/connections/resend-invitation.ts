import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { flows, invitations } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { now } from '../clock'
import { conflict } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { mailInvitation, takeMailRate } from './mail-invitation'
import { lockInvitation } from './own-invitation'
import { type InvitationView, ResendInvitationInput } from './schema'
import { newInvitationToken } from './tokens'
import { viewInvitation } from './views'

/**
 * Mails a pending or expired invitation again, to another address if one is given, for as many days as at first. The
 * link of every earlier mail is void from then on. Refuses one that was decided or revoked.
 */
export async function resendInvitation(actor: Actor, input: unknown, tx?: Tx): Promise<Result<InvitationView>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(ResendInvitationInput, input)
  if (!parsed.ok) return parsed
  const rate = tx ? ok(undefined) : await takeMailRate(actor)
  if (!rate.ok) return rate
  return transact(async (run) => {
    const found = await lockInvitation(run, actor, parsed.value.id)
    if (!found.ok) return found
    const before = found.value
    if (before.status !== 'pending')
      return err(conflict(`This invitation was ${before.status}. Send a new one instead.`))
    const { tokenHash, link } = newInvitationToken()
    const sentAt = new Date(now())
    const lifeMs = before.expiresAt.getTime() - before.sentAt.getTime()
    const [row] = await run
      .update(invitations)
      .set({
        email: parsed.value.email ?? before.email,
        tokenHash,
        sentAt,
        sentCount: before.sentCount + 1,
        expiresAt: new Date(sentAt.getTime() + lifeMs),
      })
      .where(eq(invitations.id, before.id))
      .returning()
    if (!row) throw new Error(`invitation ${before.id} went while it was locked`)
    const [flow] = row.flowId ? await run.select({ name: flows.name }).from(flows).where(eq(flows.id, row.flowId)) : []
    await mailInvitation(run, actor, row, { link, flow: flow?.name })
    await recordAudit(run, actor, {
      action: 'invitation.resend',
      subjectKind: 'invitation',
      subjectId: row.id,
      before: { email: before.email, expiresAt: before.expiresAt },
      after: { email: row.email, expiresAt: row.expiresAt },
    })
    return ok(viewInvitation(row, flow?.name ?? null, actor.userName ?? null, now()))
  }, tx)
}
