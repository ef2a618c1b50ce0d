import { and, eq, inArray } from 'drizzle-orm'
import { db } from '../../db/client'
import { listEntries, lists } from '../../db/schema/index'
import { isUuid } from '../ids'
import { entryOf } from './values'

/**
 * Which of a lead's values stand on a list of the account, as they were given; for lists of any size, by one query.
 * Undefined when there is no such list.
 */
export async function valuesOnList(
  accountId: string,
  listId: string,
  values: readonly string[],
): Promise<string[] | undefined> {
  if (!isUuid(listId)) return undefined
  const [list] = await db()
    .select({ type: lists.type, hash: lists.hash })
    .from(lists)
    .where(and(eq(lists.id, listId), eq(lists.accountId, accountId)))
  if (!list) return undefined
  const wanted = values.flatMap((value) => {
    const entry = value.trim() === '' ? undefined : entryOf(list, value)
    return entry && 'value' in entry ? [{ value, entry: entry.value }] : []
  })
  if (wanted.length === 0) return []
  const rows = await db()
    .select({ value: listEntries.value })
    .from(listEntries)
    .where(
      and(
        eq(listEntries.accountId, accountId),
        eq(listEntries.listId, listId),
        inArray(
          listEntries.value,
          wanted.map(({ entry }) => entry),
        ),
      ),
    )
  const there = new Set(rows.map(({ value }) => value))
  return wanted.filter(({ entry }) => there.has(entry)).map(({ value }) => value)
}
