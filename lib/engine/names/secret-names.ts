import { hidden, type Read } from './scope'

/** Which secrets may be referred to. */
export type SecretNames = {
  /** The secrets that the account keeps by name, where that is known. */
  knownSecrets?: ReadonlySet<string>
  /** Set where a request is built, the one place for secrets: gathers the names of those it refers to. */
  usedSecrets?: Set<string>
}

type Found = { problem: string } | { words: string; kind: 'string'; read: Read }

/** An API key that goes into the body: a name of ours, which no secret of an account can have. */
export const bodyKey = 'auth.key'

/** The same names where a request is built, which may refer to secrets. */
export const requestNames = <Names extends SecretNames>(names: Names): Names => ({ ...names, usedSecrets: new Set() })

/** Looks up a secret by name. It reads as `hidden` until the request is made ready to be sent. */
export function findSecret(name: string, names: SecretNames, use: 'rule' | 'template'): Found {
  if (use === 'rule') return { problem: 'Rules can’t read secrets.' }
  if (!names.usedSecrets) {
    return { problem: 'Secrets are for requests only: their headers, mappings, bodies and the query of an address.' }
  }
  if (names.knownSecrets && !names.knownSecrets.has(name)) {
    return { problem: `There is no secret named “${name}”. Add it under Settings › Secrets.` }
  }
  names.usedSecrets.add(name)
  return { words: `Secret ${name}`, kind: 'string', read: (s) => (s.secrets ? s.secrets[name] : hidden) }
}
