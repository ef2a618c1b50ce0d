import { and, asc, eq, gt, like } from 'drizzle-orm'
import { db } from '../../db/client'
import { listEntries, lists } from '../../db/schema/index'
import type { Actor } from '../actor'
import { parseInput } from '../input'
import { ok, type Result } from '../result'
import { readList, summarise } from './own-list'
import { FindValuesInput, type ListFilters, type ListPage, type ListSummary, type ListView } from './schema'
import { usesOf } from './usage'
import { entryOf } from './values'

/** The account's lists by name. */
export async function listLists(actor: Actor): Promise<ListSummary[]> {
  const rows = await db().select().from(lists).where(eq(lists.accountId, actor.accountId)).orderBy(asc(lists.name))
  return rows.map(summarise)
}

const pageSize = 50

/** The same a page at a time: the cursor is the name of the last one. */
export async function pageLists(actor: Actor, filters: ListFilters = {}): Promise<ListPage> {
  const { cursor, limit = pageSize } = filters
  const rows = await db()
    .select()
    .from(lists)
    .where(and(eq(lists.accountId, actor.accountId), cursor === undefined ? undefined : gt(lists.name, cursor)))
    .orderBy(asc(lists.name))
    .limit(limit + 1)
  const data = rows.slice(0, limit).map(summarise)
  const last = data.at(-1)
  return { data, ...(rows.length > limit && last && { nextCursor: last.name }) }
}

/** One list, and where it is used. */
export async function getList(actor: Actor, id: string): Promise<Result<ListView>> {
  const found = await readList(db(), actor, id)
  if (!found.ok) return found
  const uses = await usesOf(db(), found.value)
  return ok({ ...summarise(found.value), createdAt: found.value.createdAt.toISOString(), uses })
}

const escaped = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

/**
 * Values of a list in order, a page at a time. `q` finds those that begin with it; in a list of hashes it finds the
 * digest of a whole value.
 */
export async function findValues(
  actor: Actor,
  input: unknown,
): Promise<Result<{ values: string[]; nextCursor?: string }>> {
  const parsed = parseInput(FindValuesInput, input)
  if (!parsed.ok) return parsed
  const { id, q = '', cursor, limit } = parsed.value
  const found = await readList(db(), actor, id)
  if (!found.ok) return found
  const list = found.value
  const entry = list.hash === 'none' ? undefined : entryOf(list, q)
  const digest = entry && 'value' in entry ? entry.value : undefined
  const rows = await db()
    .select({ value: listEntries.value })
    .from(listEntries)
    .where(
      and(
        eq(listEntries.accountId, list.accountId),
        eq(listEntries.listId, list.id),
        cursor === undefined ? undefined : gt(listEntries.value, cursor),
        q.trim() === ''
          ? undefined
          : digest === undefined
            ? like(listEntries.value, `${escaped(q.trim().toLowerCase())}%`)
            : eq(listEntries.value, digest),
      ),
    )
    .orderBy(asc(listEntries.value))
    .limit(limit + 1)
  const values = rows.slice(0, limit).map(({ value }) => value)
  const last = values.at(-1)
  return ok({ values, ...(rows.length > limit && last !== undefined && { nextCursor: last }) })
}
