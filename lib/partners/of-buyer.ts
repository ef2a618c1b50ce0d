import { and, asc, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { partners } from '../../db/schema/index'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { uuidv7 } from '../ids'

type Buyer = { sellerAccountId: string; name: string; email: string }

const bySystem = (accountId: string): Actor => ({
  accountId,
  accountName: '',
  plan: 'full',
  role: 'member',
  via: 'system',
})

/** The record of whoever was invited at this address, if the seller has one; it is sold to from now on. */
async function known(tx: Tx, { sellerAccountId, email }: Buyer): Promise<string | undefined> {
  const [row] = await tx
    .select({ id: partners.id, type: partners.type })
    .from(partners)
    .where(and(eq(partners.accountId, sellerAccountId), sql`lower(${partners.email}) = lower(${email})`))
    .orderBy(asc(partners.id))
    .limit(1)
    .for('update')
  if (row?.type === 'introducer') {
    await tx.update(partners).set({ type: 'both', updatedAt: new Date() }).where(eq(partners.id, row.id))
    await recordAudit(tx, bySystem(sellerAccountId), {
      action: 'partner.update',
      subjectKind: 'partner',
      subjectId: row.id,
      before: { type: row.type },
      after: { type: 'both' },
    })
  }
  return row?.id
}

/** Its own name, with a number where the seller has such a partner already: another company may be called the same. */
async function made(tx: Tx, { sellerAccountId, name, email }: Buyer): Promise<string> {
  for (let number = 1; ; number++) {
    const given = { name: number === 1 ? name : `${name.slice(0, 112)} (${number})`, type: 'partner' as const, email }
    const [row] = await tx
      .insert(partners)
      .values({ id: uuidv7(), accountId: sellerAccountId, ...given })
      .onConflictDoNothing()
      .returning({ id: partners.id })
    if (!row) continue
    await recordAudit(tx, bySystem(sellerAccountId), {
      action: 'partner.create',
      subjectKind: 'partner',
      subjectId: row.id,
      after: given,
    })
    return row.id
  }
}

/**
 * The seller's record of a buyer that accepts its invitation: the one with the address that was invited, else a new one.
 * A name alone proves nothing: buyers choose theirs themselves.
 */
export async function partnerOfBuyer(tx: Tx, buyer: Buyer): Promise<string> {
  return (await known(tx, buyer)) ?? made(tx, buyer)
}
