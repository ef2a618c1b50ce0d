import type { Tx } from '../../db/client'
import { rateKey, takeRate } from '../accounts/index'
import type { Actor } from '../actor'
import { invitationMail, queueMail } from '../notify/index'
import { nameOfAccount, senderOf } from './people'

/** How many invitations an account may mail in an hour. */
const mailsPerHour = 200

export const takeMailRate = (actor: Actor) => takeRate(rateKey('invitation', actor.accountId), mailsPerHour, 3600)

type Letter = { link: string; flow: string | undefined }

/** Queues the mail of an invitation in the transaction that made its token: the only place that ever holds the link. */
export async function mailInvitation(
  tx: Tx,
  actor: Actor,
  invitation: { email: string; message: string; expiresAt: Date },
  { link, flow }: Letter,
): Promise<void> {
  const sender = await senderOf(tx, actor)
  const seller = await nameOfAccount(tx, actor.accountId)
  const { message, expiresAt } = invitation
  const mail = await invitationMail({ seller, flow, message, link, expiresAt, sender })
  await queueMail(tx, { ...mail, to: invitation.email, accountId: actor.accountId })
}
