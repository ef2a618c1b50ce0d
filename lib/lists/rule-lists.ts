import { and, eq, inArray, or, sql } from 'drizzle-orm'
import type { Executor } from '../../db/client'
import { listEntries, lists } from '../../db/schema/index'
import type { Lookups, RuleList } from '../engine/index'
import { isUuid } from '../ids'
import { once } from '../runtime'
import type { ListRow } from './own-list'
import { mostInRules } from './schema'
import { keyOf } from './values'

type Held = Map<string, { revision: number; list: RuleList }>

const mostHeld = 100

/** Lists that rules of this process use, each in its newest revision: flows that name the same one share its values. */
const held = (): Held => once('rule-lists', () => new Map())

async function load(exec: Executor, { id, name, type, hash, accountId }: ListRow): Promise<RuleList> {
  const rows = await exec
    .select({ value: listEntries.value })
    .from(listEntries)
    .where(and(eq(listEntries.accountId, accountId), eq(listEntries.listId, id)))
    .limit(mostInRules)
  const values = new Set(rows.map(({ value }) => value))
  return { id, name, type, has: (value) => values.has(keyOf(hash, value)) }
}

async function ruleList(exec: Executor, row: ListRow): Promise<RuleList> {
  const { id, name, type, revision, size } = row
  if (size > mostInRules) {
    const refused = `The list “${name}” has more than ${mostInRules.toLocaleString('en-US')} values. Use it in a suppression step.`
    return { id, name, type, refused, has: () => false }
  }
  const known = held().get(id)
  if (known?.revision === revision) return known.list
  const list = await load(exec, row)
  held().delete(id)
  held().set(id, { revision, list })
  const oldest = held().keys().next()
  if (held().size > mostHeld && !oldest.done) held().delete(oldest.value)
  return list
}

/** A list that is asked by query is known to be there; its values are not held. */
const withoutValues = ({ id, name, type }: ListRow): RuleList => ({ id, name, type, has: () => false })

/**
 * The account's lists that are named, by id and by name in lower case: those that rules compare with have their values
 * in memory, those that steps only ask have none.
 */
export async function ruleLists(
  exec: Executor,
  accountId: string,
  { lists: compared, asked }: Pick<Lookups, 'lists' | 'asked'>,
): Promise<ReadonlyMap<string, RuleList>> {
  const found = new Map<string, RuleList>()
  const named = new Set([...compared, ...asked])
  if (named.size === 0) return found
  const ids = [...named].filter(isUuid)
  const rows = await exec
    .select()
    .from(lists)
    .where(
      and(
        eq(lists.accountId, accountId),
        or(ids.length > 0 ? inArray(lists.id, ids) : undefined, inArray(sql`lower(${lists.name})`, [...named])),
      ),
    )
  for (const row of rows) {
    const isCompared = compared.has(row.id) || compared.has(row.name.toLowerCase())
    const list = isCompared ? await ruleList(exec, row) : withoutValues(row)
    found.set(row.id, list)
    found.set(row.name.toLowerCase(), list)
  }
  return found
}
