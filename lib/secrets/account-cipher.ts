import type { Executor } from '../../db/client'
import { dataKeyOf } from './data-keys'
import { openValue, type Place, placeOf, sealValue } from './sealing'

/** Seals and opens texts of one account, without waiting. */
export type AccountCipher = {
  seal: (place: Place, text: string) => string
  open: (place: Place, sealed: string) => string
}

/**
 * The account's cipher; its data key is loaded once per process. `tx` is needed only when the account itself was made
 * in that transaction. `open` throws when the text was sealed for another account, table, column or row.
 */
export async function accountCipher(accountId: string, tx?: Executor): Promise<AccountCipher> {
  const key = await dataKeyOf(accountId, tx)
  return {
    seal: (place, text) => sealValue(key, placeOf(accountId, place), text),
    open: (place, sealed) => openValue(key, placeOf(accountId, place), sealed),
  }
}

/** Seals one text of an account for one place: `v1.<nonce>.<ciphertext>.<tag>`. */
export const sealText = async (accountId: string, place: Place, text: string, tx?: Executor): Promise<string> =>
  (await accountCipher(accountId, tx)).seal(place, text)

/** Opens what `sealText` made for the same account and place; throws on anything else. */
export const openText = async (accountId: string, place: Place, sealed: string, tx?: Executor): Promise<string> =>
  (await accountCipher(accountId, tx)).open(place, sealed)
