import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { accounts, customFields } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { invalid } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { refusedName, refuseName } from './rules'
import { CreateFieldInput } from './schema'

const most = 500

/**
 * Gives the account a field of its own, offered in all its flows. Refuses names that a standard field has or goes by
 * (`conflict`), a name that is taken, and more than 500.
 */
export async function createField(actor: Actor, input: unknown, tx?: Tx): Promise<Result<{ name: string }>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(CreateFieldInput, input)
  if (!parsed.ok) return parsed
  const { name } = parsed.value
  const refused = refuseName(name)
  if (refused) return err(refused)
  return transact(async (run) => {
    await run.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, actor.accountId)).for('update')
    const [held] = await run
      .select({ count: sql<number>`count(*)::int` })
      .from(customFields)
      .where(eq(customFields.accountId, actor.accountId))
    if ((held?.count ?? 0) >= most) return err(invalid(`An account has at most ${most} fields of its own.`))
    const made = await run
      .insert(customFields)
      .values({ accountId: actor.accountId, ...parsed.value })
      .onConflictDoNothing()
      .returning({ name: customFields.name })
    if (made.length === 0) return err(refusedName(`There is a field “${name}” already.`))
    await recordAudit(run, actor, {
      action: 'field.create',
      subjectKind: 'field',
      subjectId: name,
      after: parsed.value,
    })
    return ok({ name })
  }, tx)
}
