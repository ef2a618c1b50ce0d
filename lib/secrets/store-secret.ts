import { and, eq, notExists } from 'drizzle-orm'
import type { Executor } from '../../db/client'
import { namedSecrets, secrets } from '../../db/schema/secrets'
import type { SecretRef } from '../engine'
import { notFound } from '../errors'
import { uuidv7 } from '../ids'
import { err, ok, type Result } from '../result'
import { accountCipher } from './account-cipher'
import { forgetSealed } from './open-secret'
import { idOfRef, lastFourOf, placeOfSecret, refOf } from './secret-refs'

/** Seals a credential and answers the reference that stands for it in documents. `name` says what it is. */
export async function storeSecret(tx: Executor, accountId: string, name: string, value: string): Promise<SecretRef> {
  const id = uuidv7()
  const cipher = await accountCipher(accountId, tx)
  const sealed = cipher.seal(placeOfSecret(id), value)
  await tx.insert(secrets).values({ id, accountId, name, sealed, lastFour: lastFourOf(value) })
  return refOf(id)
}

/** Another value under the same reference. Other processes may use the old one for up to 5 seconds more. */
export async function replaceSecret(
  tx: Executor,
  accountId: string,
  ref: SecretRef,
  value: string,
): Promise<Result<SecretRef>> {
  const id = idOfRef(ref)
  if (!id) return err(notFound('The credential'))
  const cipher = await accountCipher(accountId, tx)
  const sealed = cipher.seal(placeOfSecret(id), value)
  const mine = and(eq(secrets.id, id), eq(secrets.accountId, accountId))
  const changed = await tx
    .update(secrets)
    // A renewal under way is of the old value: without its lease it has nowhere to write what it got.
    .set({ sealed, lastFour: lastFourOf(value), updatedAt: new Date(), leasedUntil: null })
    .where(mine)
    .returning({ id: secrets.id })
  forgetSealed(id)
  return changed.length > 0 ? ok(ref) : err(notFound('The credential'))
}

/**
 * Removes a credential. Whatever still refers to it can't be delivered to any more. One that the account keeps by name
 * stays: only its name ends it.
 */
export async function deleteSecret(tx: Executor, accountId: string, ref: SecretRef): Promise<void> {
  const id = idOfRef(ref)
  if (!id) return
  const isNamed = tx.select({ id: namedSecrets.secretId }).from(namedSecrets).where(eq(namedSecrets.secretId, id))
  await tx.delete(secrets).where(and(eq(secrets.id, id), eq(secrets.accountId, accountId), notExists(isNamed)))
  forgetSealed(id)
}
