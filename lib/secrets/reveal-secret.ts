import { and, eq } from 'drizzle-orm'
import { db } from '../../db/client'
import { secrets } from '../../db/schema/secrets'
import { type Actor, hasRole } from '../actor'
import { recordAudit } from '../audit'
import type { SecretRef } from '../engine'
import { forbidden, notFound } from '../errors'
import { err, ok, type Result } from '../result'
import { accountCipher } from './account-cipher'
import { idOfRef, placeOfSecret } from './secret-refs'

/**
 * Shows a credential of the account to one of its admins, who is signed in and has given the password again. Every
 * reveal is audited before the text is handed out. Refuses `forbidden` and `not-found`.
 * @param checkPassword is asked with the actor's user id; its caller limits how often one may try.
 */
export async function revealSecret(
  actor: Actor,
  ref: SecretRef,
  password: string,
  checkPassword: (userId: string, password: string) => Promise<boolean>,
): Promise<Result<string>> {
  if (actor.via !== 'session' || !actor.userId) return err(forbidden('Sign in to see a credential.'))
  if (!hasRole(actor, 'admin')) return err(forbidden('Only an owner or an admin may see a credential.'))
  const id = idOfRef(ref)
  const mine = id && and(eq(secrets.id, id), eq(secrets.accountId, actor.accountId))
  const [row] = mine ? await db().select({ name: secrets.name, sealed: secrets.sealed }).from(secrets).where(mine) : []
  if (!id || !row) return err(notFound('The credential'))
  if (!(await checkPassword(actor.userId, password))) return err(forbidden('The password is not right.'))
  const cipher = await accountCipher(actor.accountId)
  const value = cipher.open(placeOfSecret(id), row.sealed)
  await recordAudit(db(), actor, {
    action: 'secret.reveal',
    subjectKind: 'secret',
    subjectId: id,
    after: { name: row.name },
  })
  return ok(value)
}
