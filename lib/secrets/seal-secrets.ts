import type { z } from 'zod'
import type { Executor } from '../../db/client'
import { nameOfSecret, type SecretPlace, type SecretRef, secretsIn, withSecretAt } from '../engine/index'
import { type Issue, invalid } from '../errors'
import { err, ok, type Result } from '../result'
import { describeSecrets } from './queries'
import { newestText } from './rotating-secret'
import { deleteSecret, storeSecret } from './store-secret'

/** The references in a document of the shape of `schema`. */
export const secretRefsIn = (schema: z.ZodType, value: unknown): SecretRef[] =>
  secretsIn(schema, value).flatMap(({ value: secret }) => (typeof secret === 'object' ? [secret] : []))

const inSentence = (name: string): string => name.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())

/** A line break that came along with a pasted token goes; a password may end in a space. */
const textOf = ({ value, asTyped }: SecretPlace): string => {
  if (typeof value !== 'string') return ''
  return asTyped ? value : value.trim()
}

/**
 * The same document with every secret of it sealed, wherever its schema has one: text becomes a new reference, a
 * reference of `previous` or of the account stays, and so does `{{secret.NAME}}`. Refuses (`invalid`, each issue at the
 * path of its field) a reference that is not the account's, and an empty text.
 */
export async function sealSecrets<T>(
  tx: Executor,
  accountId: string,
  schema: z.ZodType<T>,
  value: T,
  previous?: T,
): Promise<Result<T>> {
  const places = secretsIn(schema, value)
  const issues = [...(await strangers(tx, accountId, places, secretRefsIn(schema, previous))), ...missing(places)]
  if (issues.length > 0) return err(invalid(issues[0]?.message ?? '', issues))
  let sealed = value
  for (const place of places) {
    if (typeof place.value !== 'string' || nameOfSecret(place.value) !== undefined) continue
    const ref = await storeSecret(tx, accountId, place.name, newestText(accountId, textOf(place)))
    sealed = withSecretAt(sealed, place.path, ref)
  }
  return ok(sealed)
}

async function strangers(
  tx: Executor,
  accountId: string,
  places: SecretPlace[],
  previous: SecretRef[],
): Promise<Issue[]> {
  const isKept = new Set(previous.map(({ secret }) => secret))
  const news = places.flatMap(({ path, value }) =>
    typeof value === 'object' && !isKept.has(value.secret) ? [{ path, ref: value }] : [],
  )
  if (news.length === 0) return []
  const known = await describeSecrets(
    accountId,
    news.map(({ ref }) => ref),
    tx,
  )
  const message = 'Give it again: it is not in this account.'
  return news.flatMap(({ path, ref }) => (ref.secret in known ? [] : [{ path: path.join('.'), message }]))
}

const missing = (places: SecretPlace[]): Issue[] =>
  places
    .filter((place) => typeof place.value === 'string' && !place.asTyped && textOf(place) === '')
    .map(({ path, name }) => ({ path: path.join('.'), message: `Give the ${inSentence(name)}.` }))

/** Takes away for good what `after` no longer refers to. For documents that keep no versions. */
export async function dropSecrets<T>(
  tx: Executor,
  accountId: string,
  schema: z.ZodType<T>,
  before: T,
  after: T,
): Promise<void> {
  const kept = new Set(secretRefsIn(schema, after).map(({ secret }) => secret))
  for (const ref of secretRefsIn(schema, before)) if (!kept.has(ref.secret)) await deleteSecret(tx, accountId, ref)
}
