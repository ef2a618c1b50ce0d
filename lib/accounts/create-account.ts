import { eq } from 'drizzle-orm'
import { db, type Tx } from '../../db/client'
import { users } from '../../db/schema/accounts'
import type { Actor } from '../actor'
import { forbidden } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { NewAccountInput } from './schema'
import { insertAccount, type SignedUp } from './sign-up'

/** A further account, on plan `full`, whose owner is the person asking. Anyone signed in may. */
export async function createAccount(actor: Actor, input: unknown, tx?: Tx): Promise<Result<SignedUp['account']>> {
  const parsed = parseInput(NewAccountInput, input)
  if (!parsed.ok) return parsed
  const { userId } = actor
  if (!userId) return err(forbidden('Only a person can own an account.'))
  const create = async (run: Tx) => {
    const [owner] = await run
      .select({ id: users.id, email: users.email, name: users.name })
      .from(users)
      .where(eq(users.id, userId))
    if (!owner) return err(forbidden('Only a person can own an account.'))
    return ok(await insertAccount(run, owner, parsed.value.company))
  }
  return tx ? create(tx) : db().transaction(create)
}
