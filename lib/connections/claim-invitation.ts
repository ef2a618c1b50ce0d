import { and, eq, gt, ne, sql } from 'drizzle-orm'
import type { Executor, Tx } from '../../db/client'
import { invitations } from '../../db/schema/index'
import { now } from '../clock'
import { conflict, notFound, type Refusal } from '../errors'
import { err, ok, type Result } from '../result'
import { statusOf } from './rules'
import type { InvitationStatus } from './schema'
import { hashOfToken } from './tokens'
import type { InvitationRow } from './views'

const closedWords: Record<Exclude<InvitationStatus, 'pending'>, string> = {
  accepted: 'This invitation has already been accepted.',
  declined: 'This invitation was declined. Ask the sender for a new one.',
  revoked: 'This invitation was taken back by its sender.',
  expired: 'This invitation has expired. Ask the sender to send it again.',
}

export async function findByToken(exec: Executor, token: string): Promise<InvitationRow | undefined> {
  const [row] = await exec
    .select()
    .from(invitations)
    .where(eq(invitations.tokenHash, hashOfToken(token)))
  return row
}

/** Why a token could not be used; a token that is void and one that never was get the same words. */
async function refusalFor(tx: Tx, token: string): Promise<Refusal> {
  const row = await findByToken(tx, token)
  if (!row) return notFound('Invitation')
  const status = statusOf(row, now())
  if (status !== 'pending') return conflict(closedWords[status])
  return conflict(
    'This invitation came from your own account. An account cannot connect to itself: switch to the account that should receive the leads.',
  )
}

/**
 * Decides a pending invitation by one UPDATE: of several who come at once one gets the row, the others are told why
 * not. `byAccountId` is who accepts, which can't be the sender.
 */
export async function claimInvitation(
  tx: Tx,
  token: string,
  decision: { status: 'accepted' | 'declined'; byAccountId?: string },
): Promise<Result<InvitationRow>> {
  const notSender = decision.byAccountId ? ne(invitations.accountId, decision.byAccountId) : undefined
  const [row] = await tx
    .update(invitations)
    .set({ status: decision.status, decidedAt: new Date(now()) })
    .where(
      and(
        eq(invitations.tokenHash, hashOfToken(token)),
        eq(invitations.status, 'pending'),
        gt(invitations.expiresAt, sql`now()`),
        notSender,
      ),
    )
    .returning()
  return row ? ok(row) : err(await refusalFor(tx, token))
}
