import type { Executor } from '../../db/client'
import type { Auth, SecretRef } from '../engine'
import { invalid } from '../errors'
import { err, ok, type Result } from '../result'
import { describeSecrets } from './queries'
import { storeSecret } from './store-secret'

type Kind = Exclude<Auth['type'], 'none'>
const nameOf: Record<Kind, { field: string; name: string }> = {
  basic: { field: 'password', name: 'Password' },
  bearer: { field: 'token', name: 'Token' },
  api_key: { field: 'key', name: 'API key' },
}

/** The one secret that an `Auth` carries: a reference, or text that a person gave; `undefined` for `none`. */
export function secretOf(auth: Auth): SecretRef | string | undefined {
  if (auth.type === 'basic') return auth.password
  if (auth.type === 'bearer') return auth.token
  return auth.type === 'api_key' ? auth.key : undefined
}

function withSecret(auth: Exclude<Auth, { type: 'none' }>, ref: SecretRef): Auth {
  if (auth.type === 'basic') return { ...auth, password: ref }
  return auth.type === 'bearer' ? { ...auth, token: ref } : { ...auth, key: ref }
}

/**
 * The same `Auth` with its secret sealed: text becomes a new reference, a reference of `previous` or of the account
 * stays. Refuses (`invalid`, the path is the field) a reference that is not the account's, and an empty token.
 */
export async function sealAuth(tx: Executor, accountId: string, auth: Auth, previous?: Auth): Promise<Result<Auth>> {
  const secret = secretOf(auth)
  if (auth.type === 'none' || secret === undefined) return ok(auth)
  const { field, name } = nameOf[auth.type]
  if (typeof secret !== 'string') {
    const before = previous && secretOf(previous)
    const isKept = typeof before === 'object' && before.secret === secret.secret
    if (isKept || Object.keys(await describeSecrets(accountId, [secret], tx)).length > 0) return ok(auth)
    return err(
      invalid('The credential has to be given again.', [
        { path: field, message: 'Give it again: it is not in this account.' },
      ]),
    )
  }
  // a line break that came along with a pasted token; a password may end in a space
  const value = auth.type === 'basic' ? secret : secret.trim()
  if (value === '' && auth.type !== 'basic') {
    return err(invalid(`${name} is missing.`, [{ path: field, message: `Give the ${name.replace(/^T/, 't')}.` }]))
  }
  return ok(withSecret(auth, await storeSecret(tx, accountId, name, value)))
}
