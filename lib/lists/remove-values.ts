import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { listEntries } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { parseInput } from '../input'
import { ok, type Result } from '../result'
import { change } from './add-values'
import { lockList } from './own-list'
import { RemoveValuesInput } from './schema'
import { readValues } from './values'

/** Takes values out of a list, however they are written; those that are not in it are passed over. */
export async function removeValues(
  actor: Actor,
  input: unknown,
  tx?: Tx,
): Promise<Result<{ removed: number; size: number }>> {
  const allowed = maySell(actor, 'Lists')
  if (!allowed.ok) return allowed
  const parsed = parseInput(RemoveValuesInput, input)
  if (!parsed.ok) return parsed
  return transact(async (run) => {
    const found = await lockList(run, actor, parsed.value.id)
    if (!found.ok) return found
    const list = found.value
    const lines = parsed.value.values.map((value, at) => ({ line: at + 1, value: String(value) }))
    const { entries } = readValues(lines, list)
    const { count: removed } = await run.execute(sql`
      delete from ${listEntries}
      where account_id = ${list.accountId} and list_id = ${list.id}
        and value in (select json_array_elements_text(${JSON.stringify(entries)}::json))`)
    const size = list.size - removed
    if (removed > 0) await change(run, actor, list, { size, removed })
    return ok({ removed, size })
  }, tx)
}
