import { and, eq, inArray } from 'drizzle-orm'
import { db, type Executor } from '../../db/client'
import { secrets } from '../../db/schema/secrets'
import type { SecretRef } from '../engine'
import { idOfRef, refOf } from './secret-refs'

/** What may be shown of a credential. */
export type SecretSummary = { lastFour: string; updatedAt: Date }

/** What may be shown of the account's credentials, by `sec_…`. References that are not the account's are left out. */
export async function describeSecrets(
  accountId: string,
  refs: SecretRef[],
  tx?: Executor,
): Promise<Record<string, SecretSummary>> {
  const ids = refs.flatMap((ref) => idOfRef(ref) ?? [])
  if (ids.length === 0) return {}
  const rows = await (tx ?? db())
    .select({ id: secrets.id, lastFour: secrets.lastFour, updatedAt: secrets.updatedAt })
    .from(secrets)
    .where(and(eq(secrets.accountId, accountId), inArray(secrets.id, ids)))
  return Object.fromEntries(rows.map(({ id, ...summary }) => [refOf(id).secret, summary]))
}
