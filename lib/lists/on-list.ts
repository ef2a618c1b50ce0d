import { pool } from '../../db/client'
import { isUuid } from '../ids'
import type { ListRow } from './own-list'
import { entryOf } from './values'

const kindOfList = `select type, hash from lists where id = $1::uuid and account_id = $2::uuid`
const entriesThere = `
  select value from list_entries where account_id = $1::uuid and list_id = $2::uuid and value = any($3::text[])`

/**
 * Which of a lead's values stand on a list of the account, as they were given; for lists of any size, by prepared
 * look-ups. Undefined when there is no such list.
 */
export async function valuesOnList(
  accountId: string,
  listId: string,
  values: readonly string[],
): Promise<string[] | undefined> {
  if (!isUuid(listId)) return undefined
  const { sql } = pool()
  const [list] = await sql.unsafe<Pick<ListRow, 'type' | 'hash'>[]>(kindOfList, [listId, accountId], { prepare: true })
  if (!list) return undefined
  const wanted = values.flatMap((value) => {
    const entry = value.trim() === '' ? undefined : entryOf(list, value)
    return entry && 'value' in entry ? [{ value, entry: entry.value }] : []
  })
  if (wanted.length === 0) return []
  const entries = wanted.map(({ entry }) => entry)
  const rows = await sql.unsafe<{ value: string }[]>(entriesThere, [accountId, listId, entries], { prepare: true })
  const there = new Set(rows.map(({ value }) => value))
  return wanted.filter(({ entry }) => there.has(entry)).map(({ value }) => value)
}
