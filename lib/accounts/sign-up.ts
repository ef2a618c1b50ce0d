import { eq, sql } from 'drizzle-orm'
import { db, type Executor, type Tx } from '../../db/client'
import { accounts, members, users } from '../../db/schema/accounts'
import type { Plan } from '../actor'
import { recordAudit } from '../audit/index'
import { conflict } from '../errors'
import { uuidv7 } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { operatorEmails } from './memberships'
import { hashPassword, passwordTurn, verifyPassword } from './passwords'
import { passwordRates, signUpRates, takeRates } from './rates'
import { SignUpInput } from './schema'

export type SignedUp = {
  account: { id: string; name: string; plan: Plan }
  user: { id: string; email: string; name: string }
}

/** `operator` overrules whether the account runs the installation: the demo world's accounts never should. */
export type SignUpOptions = { plan?: Plan; ip?: string; operator?: boolean }

type Person = SignedUp['user']

/** One refusal for a known email and for anything else that stands in the way, so that it tells nothing. */
const refusal = conflict('We could not create that account. If you already have one, sign in.')

/**
 * Makes an account and its owner. For a known email the right password makes a further account of that person; a wrong
 * one is refused in words that do not tell that the email is known. Rates are taken per email and, when given, per
 * address; inside a caller's transaction they are the caller's to take. The first account of plan `full` of an
 * installation runs it, unless `BATON_OPERATORS` names who does.
 */
export async function signUp(input: unknown, options: SignUpOptions = {}, tx?: Tx): Promise<Result<SignedUp>> {
  const parsed = parseInput(SignUpInput, input)
  if (!parsed.ok) return parsed
  const turn = passwordTurn()
  if (!turn.ok) return turn
  const { email } = parsed.value
  const rates = tx ? ok(undefined) : await takeRates([...signUpRates(options.ip), ...passwordRates(email)])
  if (!rates.ok) return rates
  const known = await findPerson(email, tx ?? db())
  if (known && !(await verifyPassword(known.passwordHash, parsed.value.password))) return err(refusal)
  const passwordHash = known ? undefined : await hashPassword(parsed.value.password)

  const create = async (run: Tx): Promise<Result<SignedUp>> => {
    const person = passwordHash ? await insertPerson(run, { ...parsed.value, passwordHash }) : known?.person
    if (!person) return err(refusal)
    const account = await insertAccount(run, person, parsed.value.company, options)
    return ok({ account, user: person })
  }
  const created = tx ? await create(tx) : await db().transaction(create)
  if (created.ok) await rates.value?.giveBack()
  return created
}

async function findPerson(email: string, run: Executor): Promise<{ person: Person; passwordHash: string } | undefined> {
  const [row] = await run
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email))
  return row && { person: { id: row.id, email: row.email, name: row.name }, passwordHash: row.passwordHash }
}

async function insertPerson(
  run: Tx,
  { email, name, passwordHash }: { email: string; name: string; passwordHash: string },
): Promise<Person | undefined> {
  const [person] = await run
    .insert(users)
    .values({ id: uuidv7(), email, name, passwordHash })
    .onConflictDoNothing()
    .returning({ id: users.id, email: users.email, name: users.name })
  return person
}

/** An account with its owner, and the first entry of its audit. */
export async function insertAccount(
  run: Tx,
  owner: Person,
  name: string,
  options: Pick<SignUpOptions, 'plan' | 'operator'> = {},
): Promise<SignedUp['account']> {
  const plan = options.plan ?? 'full'
  const account = { id: uuidv7(), name, plan }
  const isOperator = options.operator ?? (plan === 'full' && (await hasNoOperator(run)))
  await run.insert(accounts).values({ ...account, isOperator })
  await run.insert(members).values({ accountId: account.id, userId: owner.id, role: 'owner' })
  const actor = {
    accountId: account.id,
    accountName: name,
    plan,
    role: 'owner',
    userId: owner.id,
    via: 'session',
  } as const
  await recordAudit(run, actor, {
    action: 'account.create',
    subjectKind: 'account',
    subjectId: account.id,
    after: { name, plan, ...(isOperator && { isOperator }) },
  })
  return account
}

/** Two first sign-ups at once must not both run the installation: the lock, held to the commit, makes the second look again. */
async function hasNoOperator(run: Tx): Promise<boolean> {
  if (operatorEmails().length > 0) return false
  const someone = () => run.select({ id: accounts.id }).from(accounts).where(eq(accounts.isOperator, true)).limit(1)
  if ((await someone()).length > 0) return false
  await run.execute(sql`select pg_advisory_xact_lock(hashtext('baton first operator'))`)
  return (await someone()).length === 0
}
