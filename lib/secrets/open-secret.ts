import { and, eq } from 'drizzle-orm'
import { db } from '../../db/client'
import { secrets } from '../../db/schema/secrets'
import type { SecretRef } from '../engine'
import { once } from '../runtime'
import { accountCipher } from './account-cipher'
import { idOfRef, placeOfSecret } from './secret-refs'

/** Rows as they are stored, sealed, for a moment: a delivery must not cost a query. Opening one takes microseconds. */
const sealedRows = () =>
  once('sealed-secrets', () => new Map<string, { accountId: string; sealed: string; readAt: number }>())
const freshMs = 5_000
const maxRows = 10_000

/** The credential behind a reference. Throws when it is not there, not the account's, or can't be opened. */
export async function openSecret(accountId: string, ref: SecretRef): Promise<string> {
  const id = idOfRef(ref)
  if (!id) throw new Error('A reference to a credential is not in its format.')
  return openSecretOfId(accountId, id)
}

/** The same by the id of its row. */
export async function openSecretOfId(accountId: string, id: string): Promise<string> {
  const cipher = await accountCipher(accountId)
  return cipher.open(placeOfSecret(id), await sealedOf(accountId, id))
}

async function sealedOf(accountId: string, id: string): Promise<string> {
  const now = performance.now()
  const rows = sealedRows()
  const known = rows.get(id)
  if (known && known.accountId === accountId && now - known.readAt < freshMs) return known.sealed
  const mine = and(eq(secrets.id, id), eq(secrets.accountId, accountId))
  const [row] = await db().select({ sealed: secrets.sealed }).from(secrets).where(mine)
  if (!row) throw new Error('The credential is no longer there.')
  const [oldest] = rows.keys()
  if (rows.size >= maxRows && oldest !== undefined) rows.delete(oldest)
  rows.set(id, { accountId, sealed: row.sealed, readAt: now })
  return row.sealed
}

export const forgetSealed = (id: string): void => {
  sealedRows().delete(id)
}
