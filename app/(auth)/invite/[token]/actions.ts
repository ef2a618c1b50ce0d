'use server'

import { z } from 'zod'
import { loadActor } from '@/lib/accounts'
import type { Visitor } from '@/lib/accounts/schema'
import type { Actor } from '@/lib/actor'
import { switchAccount, userAction, visitorAction } from '@/lib/auth'
import { acceptAsNewAccount, acceptInvitation, declineInvitation } from '@/lib/connections'
import { AcceptAsNewAccountInput, TokenInput } from '@/lib/connections/schema'
import { notFound } from '@/lib/errors'
import { err, type Result } from '@/lib/result'

const AcceptAs = TokenInput.extend({ accountId: z.uuid() })

/** Accepts for one of the person's accounts, which need not be the one they act in now, and goes on in it. */
async function acceptAs(
  person: Actor,
  { token, accountId }: z.infer<typeof AcceptAs>,
): Promise<Result<{ connectionId: string }>> {
  const actor = person.userId ? await loadActor(person.userId, accountId) : undefined
  if (!actor) return err(notFound('That account'))
  const accepted = await acceptInvitation(actor, { token })
  if (accepted.ok) await switchAccount({ accountId })
  return accepted
}

export const acceptAsAction = userAction(AcceptAs, acceptAs, { needs: 'viewer' })

export const acceptAsNewAccountAction = visitorAction(
  AcceptAsNewAccountInput,
  (_visitor: Visitor, input: z.infer<typeof AcceptAsNewAccountInput>) => acceptAsNewAccount(input),
)

export const declineAction = visitorAction(TokenInput, (_visitor: Visitor, input: z.infer<typeof TokenInput>) =>
  declineInvitation(input),
)
