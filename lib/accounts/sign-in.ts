import { eq, sql } from 'drizzle-orm'
import { db } from '../../db/client'
import { users } from '../../db/schema/accounts'
import type { Refusal } from '../errors'
import { parseInput } from '../input'
import { log } from '../log'
import { err, ok, type Result } from '../result'
import { passwordTurn, verifyPassword } from './passwords'
import { passwordRates, rateKey, signInRates, takeRates } from './rates'
import { SignInInput, type Visitor } from './schema'
import { startSession } from './sessions'

export type SignedIn = { sessionId: string; user: { id: string; email: string; name: string } }

const refusal: Refusal = { kind: 'unauthenticated', message: 'That email and password do not go together. Check both.' }

/**
 * Starts a session for an email and its password. An unknown email, a wrong password and their timing are one and the
 * same. Failed tries are counted per email and per address; a success gives its count back.
 */
export async function signIn(input: unknown, visitor?: Visitor): Promise<Result<SignedIn>> {
  const parsed = parseInput(SignInInput, input)
  if (!parsed.ok) return parsed
  const turn = passwordTurn()
  if (!turn.ok) return turn
  const { email, password, accountId } = parsed.value
  const rates = await takeRates([...signInRates(visitor?.ip), ...passwordRates(email)])
  if (!rates.ok) return refused(email, visitor, rates.error)
  const [user] = await db()
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email))
  const right = await verifyPassword(user?.passwordHash, password)
  if (!user || !right) return refused(email, visitor, refusal)
  await rates.value.giveBack()
  const session = await startSession(user.id, { accountId, ...(visitor && { visitor }) })
  if (!session.ok) return session
  return ok({ sessionId: session.value.id, user: { id: user.id, email: user.email, name: user.name } })
}

function refused(email: string, visitor: Visitor | undefined, error: Refusal): Result<never> {
  log.info({ email: rateKey('password', email), ip: visitor?.ip, kind: error.kind }, 'A sign-in was refused')
  return err(error)
}

/**
 * Asks a signed-in person for the password again, before something that only they may do. Counted with their failed
 * sign-ins, so that an open browser is no place to guess.
 */
export async function confirmPassword(userId: string, password: string): Promise<Result<void>> {
  const turn = passwordTurn()
  if (!turn.ok) return turn
  const [user] = await db().select().from(users).where(eq(users.id, userId))
  const rates = await takeRates(passwordRates(user?.email ?? userId))
  if (!rates.ok) return rates
  if (password.length > 128 || !(await verifyPassword(user?.passwordHash, password))) {
    return err({ kind: 'forbidden', message: 'That is not your password.' })
  }
  await rates.value.giveBack()
  return ok(undefined)
}

/** `confirmPassword` as yes or no, for a caller that has its own words. */
export const checkPassword = async (userId: string, password: string): Promise<boolean> =>
  (await confirmPassword(userId, password)).ok
