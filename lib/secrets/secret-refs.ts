import type { SecretRef } from '../engine'
import { isUuid } from '../ids'
import type { Place } from './sealing'

const prefix = 'sec_'

/** `{ secret: 'sec_…' }`: what a document holds in place of a credential. */
export const refOf = (id: string): SecretRef => ({ secret: prefix + id.replaceAll('-', '') })

/** The row's id; `undefined` for anything that is not a reference of ours. */
export function idOfRef({ secret }: SecretRef): string | undefined {
  const hex = secret.startsWith(prefix) ? secret.slice(prefix.length).toLowerCase() : ''
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return isUuid(id) ? id : undefined
}

export const placeOfSecret = (id: string): Place => ({ table: 'secrets', column: 'sealed', row: id })

/** The last 4 characters; nothing where they would give away half of a short one, or are the dashes of a PEM text. */
export const lastFourOf = (value: string): string =>
  value.length >= 8 && !value.trimEnd().endsWith('-----') ? value.slice(-4) : ''
