import { and, asc, eq, type SQL } from 'drizzle-orm'
import { db, type Executor, type Tx } from '../../db/client'
import { namedSecrets, secrets } from '../../db/schema/secrets'
import { transact } from '../../db/transact'
import { mayConfigure } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import type { SecretRef } from '../engine/index'
import { conflict, notFound } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { forgetName } from './named-secrets'
import { revealSecret } from './reveal-secret'
import { NamedSecretInput, type NamedSecretView, RevealNamedSecretInput, SecretNameInput } from './schema'
import { idOfRef, refOf } from './secret-refs'
import { secretUses } from './secret-uses'
import { deleteSecret, replaceSecret, storeSecret } from './store-secret'

const ofName = (actor: Actor, name: string) =>
  and(eq(namedSecrets.accountId, actor.accountId), eq(namedSecrets.name, name))

const columns = {
  name: namedSecrets.name,
  lastFour: secrets.lastFour,
  createdAt: namedSecrets.createdAt,
  updatedAt: secrets.updatedAt,
}

async function readViews(exec: Executor, actor: Actor, where: SQL | undefined): Promise<NamedSecretView[]> {
  const rows = await exec
    .select(columns)
    .from(namedSecrets)
    .innerJoin(secrets, eq(secrets.id, namedSecrets.secretId))
    .where(where)
    .orderBy(asc(namedSecrets.name))
  if (rows.length === 0) return []
  const uses = await secretUses(exec, actor.accountId)
  return rows.map((row) => ({
    ...row,
    usedIn: uses.get(row.name) ?? [],
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }))
}

/** The secrets that the account keeps by name, in the order of the alphabet; of their texts the last 4 characters. */
export const listNamedSecrets = (actor: Actor): Promise<NamedSecretView[]> =>
  readViews(db(), actor, eq(namedSecrets.accountId, actor.accountId))

async function find(exec: Executor, actor: Actor, name: string): Promise<SecretRef | undefined> {
  const [row] = await exec.select({ id: namedSecrets.secretId }).from(namedSecrets).where(ofName(actor, name))
  return row && refOf(row.id)
}

async function shown(tx: Tx, actor: Actor, name: string): Promise<Result<NamedSecretView>> {
  const [view] = await readViews(tx, actor, ofName(actor, name))
  return view ? ok(view) : err(notFound('The secret'))
}

const audit = (tx: Tx, actor: Actor, action: string, ref: SecretRef, name: string) =>
  recordAudit(tx, actor, { action, subjectKind: 'secret', subjectId: idOfRef(ref) ?? '', after: { name } })

/** Keeps a secret under a new name, for `{{secret.NAME}}`. Members may. Refuses (`conflict`) a name that is taken. */
export async function createNamedSecret(actor: Actor, input: unknown, tx?: Tx): Promise<Result<NamedSecretView>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(NamedSecretInput, input)
  if (!parsed.ok) return parsed
  const { name, value } = parsed.value
  return transact(async (run) => {
    const ref = await storeSecret(run, actor.accountId, name, value)
    const [made] = await run
      .insert(namedSecrets)
      .values({ accountId: actor.accountId, name, secretId: idOfRef(ref) ?? '' })
      .onConflictDoNothing()
      .returning({ name: namedSecrets.name })
    if (!made) {
      const words = `There is a secret named ${name} already. Replace its value, or choose another name.`
      return err(conflict(words, [{ path: 'name', message: words }]))
    }
    await audit(run, actor, 'secret.create', ref, name)
    return shown(run, actor, name)
  }, tx)
}

/** Another value under the same name, for everything that names it. Other processes may use the old for 5 seconds. */
export async function replaceNamedSecret(actor: Actor, input: unknown, tx?: Tx): Promise<Result<NamedSecretView>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(NamedSecretInput, input)
  if (!parsed.ok) return parsed
  const { name, value } = parsed.value
  return transact(async (run) => {
    const ref = await find(run, actor, name)
    if (!ref) return err(notFound('The secret'))
    const replaced = await replaceSecret(run, actor.accountId, ref, value)
    if (!replaced.ok) return replaced
    await audit(run, actor, 'secret.replace', ref, name)
    return shown(run, actor, name)
  }, tx)
}

/** Takes a secret away for good. Refused (`conflict`) while a draft, a live flow or a destination names it. */
export async function deleteNamedSecret(actor: Actor, input: unknown, tx?: Tx): Promise<Result<{ name: string }>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(SecretNameInput, input)
  if (!parsed.ok) return parsed
  const { name } = parsed.value
  return transact(async (run) => {
    const ref = await find(run, actor, name)
    if (!ref) return err(notFound('The secret'))
    const uses = (await secretUses(run, actor.accountId)).get(name)
    if (uses) {
      const places = uses.map((use) => `${use.kind} ${use.name}`).join(', ')
      return err(conflict(`It is used in ${places}. Take {{secret.${name}}} out there first.`))
    }
    await run.delete(namedSecrets).where(ofName(actor, name))
    await deleteSecret(run, actor.accountId, ref)
    forgetName(actor.accountId, name)
    await audit(run, actor, 'secret.delete', ref, name)
    return ok({ name })
  }, tx)
}

/**
 * Shows a named secret to an admin of its account who gives the password again; see `revealSecret`.
 * @param checkPassword is asked with the actor's user id; its caller limits how often one may try.
 */
export async function revealNamedSecret(
  actor: Actor,
  input: unknown,
  checkPassword: (userId: string, password: string) => Promise<boolean>,
): Promise<Result<{ value: string }>> {
  const parsed = parseInput(RevealNamedSecretInput, input)
  if (!parsed.ok) return parsed
  const ref = await find(db(), actor, parsed.value.name)
  if (!ref) return err(notFound('The secret'))
  const revealed = await revealSecret(actor, ref, parsed.value.password, checkPassword)
  return revealed.ok ? ok({ value: revealed.value }) : revealed
}
