import { randomBytes } from 'node:crypto'
import { env } from '../env'
import { open, seal } from './sealing'

type Ring = { active: string; keys: ReadonlyMap<string, Buffer> }

const keyBytes = 32
const entryShape = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9_+/-]+={0,2})$/

/** Reads `id:base64url[,id:base64url…]`: keys of 32 bytes, the first one active, the others to open with only. */
export function parseKeyRing(text: string): Ring {
  const keys = new Map<string, Buffer>()
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [, id, encoded] = entryShape.exec(entry) ?? []
    const key = Buffer.from(encoded ?? '', 'base64url')
    if (!id || key.length !== keyBytes)
      throw new Error('BATON_KEYS must be id:key pairs with keys of 32 bytes in base64url.')
    if (keys.has(id)) throw new Error(`BATON_KEYS names the key ${id} twice.`)
    keys.set(id, key)
  }
  const [active] = keys.keys()
  if (active === undefined) throw new Error('BATON_KEYS holds no key.')
  return { active, keys }
}

let ring: { text: string; parsed: Ring } | undefined

/** The ring of the environment. */
export function keyRing(): Ring {
  const text = env().keys
  if (ring?.text !== text) ring = { text, parsed: parseKeyRing(text) }
  return ring.parsed
}

export type WrappedKey = { keyId: string; wrapped: string }
const place = (accountId: string, keyId: string) => `account_keys|wrapped|${accountId}|${keyId}`

/** A new data key of 256 random bits. */
export const newDataKey = (): Buffer => randomBytes(keyBytes)

/** `v1.<key id>.<nonce>.<ciphertext>.<tag>` under the active key of the ring. */
export function wrapDataKey(accountId: string, dataKey: Buffer, { active, keys }: Ring = keyRing()): WrappedKey {
  const key = keys.get(active) as Buffer
  return { keyId: active, wrapped: `v1.${active}.${seal(key, place(accountId, active), dataKey)}` }
}

/** The data key that `wrapDataKey` wrapped. Throws when the ring lacks its key, or the row is another account's. */
export function unwrapDataKey(accountId: string, { wrapped }: WrappedKey, { keys }: Ring = keyRing()): Buffer {
  const [version, keyId = '', ...sealed] = wrapped.split('.')
  const key = keys.get(keyId)
  if (version !== 'v1') throw new Error('A data key has an unknown version.')
  if (!key) throw new Error(`BATON_KEYS lacks the key ${keyId}, which a data key needs.`)
  return open(key, place(accountId, keyId), sealed.join('.'))
}
