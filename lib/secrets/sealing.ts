import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
/** Pinned on both ways: Node would accept a tag of 4 bytes otherwise. */
const authTagLength = 16

/** Where a sealed text stands. It opens at no other place, so that rows can't be swapped. */
export type Place = { table: string; column: string; row: string }

/** What is authenticated beside the text: `table|column|account|row`. */
export const placeOf = (accountId: string, { table, column, row }: Place): string =>
  `${table}|${column}|${accountId}|${row}`

/** AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce: `<nonce>.<ciphertext>.<tag>`, base64url. */
export function seal(key: Buffer, place: string, bytes: Buffer): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength })
  cipher.setAAD(Buffer.from(place, 'utf8'))
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()])
  return `${nonce.toString('base64url')}.${sealed.toString('base64url')}.${cipher.getAuthTag().toString('base64url')}`
}

/** Opens what `seal` made with the same key at the same place; throws on anything else. */
export function open(key: Buffer, place: string, sealed: string): Buffer {
  const [nonce, text, tag, ...rest] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'))
  if (!nonce || !text || !tag || rest.length > 0) throw new Error('A sealed value is not in its format.')
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength })
  decipher.setAAD(Buffer.from(place, 'utf8'))
  decipher.setAuthTag(tag)
  return Buffer.concat([decipher.update(text), decipher.final()])
}

const version = 'v1.'

/** A value under a data key: `v1.<nonce>.<ciphertext>.<tag>`. */
export const sealValue = (key: Buffer, place: string, text: string): string =>
  version + seal(key, place, Buffer.from(text, 'utf8'))

/** The text of a value that `sealValue` made. */
export function openValue(key: Buffer, place: string, sealed: string): string {
  if (!sealed.startsWith(version)) throw new Error('A sealed value has an unknown version.')
  return open(key, place, sealed.slice(version.length)).toString('utf8')
}
