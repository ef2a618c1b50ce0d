import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Tx } from '../../db/client'
import { listEntries, lists } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { invalid } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { type ListRow, lockList } from './own-list'
import { AddValuesInput, mostPerUpload, mostValues, type UploadReport } from './schema'
import { tellFlows } from './usage'
import { linesOf, readValues } from './values'

type Given = z.output<typeof AddValuesInput>

function read(list: ListRow, { values, text, column }: Given): Result<ReturnType<typeof readValues>> {
  const lines =
    text === undefined
      ? (values ?? []).map((value, at) => ({ line: at + 1, value: String(value) }))
      : linesOf(text, list, column)
  const path = text === undefined ? 'values' : 'text'
  if ('problem' in lines) return err(invalid(lines.problem, [{ path, message: lines.problem }]))
  if (lines.length > mostPerUpload) {
    const message = `This holds ${lines.length} values; at most ${mostPerUpload} go in at once. Upload it in parts.`
    return err(invalid(message, [{ path, message }]))
  }
  return ok(readValues(lines, list))
}

/** Postgres says how many are new. */
async function insert(tx: Tx, { id, accountId }: ListRow, entries: readonly string[]): Promise<number> {
  if (entries.length === 0) return 0
  const added = await tx.execute(sql`
    insert into ${listEntries} (account_id, list_id, value)
    select ${accountId}, ${id}, value from json_array_elements_text(${JSON.stringify(entries)}::json) as value
    on conflict do nothing`)
  return added.count
}

/**
 * Puts values into a list: typed, without doubles, hashed where the list is one of hashes. What can't be read as the
 * list's type is left out and reported with its line. At most 100,000 at once; `replace` takes all others out.
 */
export async function addValues(actor: Actor, input: unknown, tx?: Tx): Promise<Result<UploadReport>> {
  const allowed = maySell(actor, 'Lists')
  if (!allowed.ok) return allowed
  const parsed = parseInput(AddValuesInput, input)
  if (!parsed.ok) return parsed
  const { id, replace } = parsed.value
  return transact(async (run) => {
    const found = await lockList(run, actor, id)
    if (!found.ok) return found
    const list = found.value
    const given = read(list, parsed.value)
    if (!given.ok) return given
    const { entries, refused, refusedCount, given: count } = given.value
    if (replace) {
      await run.delete(listEntries).where(and(eq(listEntries.accountId, list.accountId), eq(listEntries.listId, id)))
    }
    const added = await insert(run, list, entries)
    const size = (replace ? 0 : list.size) + added
    if (size > mostValues) {
      return err(invalid(`A list holds at most ${mostValues} values; this one would have ${size}.`))
    }
    await change(run, actor, list, { size, added, refused: refusedCount, ...(replace && { replaced: list.size }) })
    return ok({ added, known: count - refusedCount - added, refusedCount, refused, size })
  }, tx)
}

/** Notes a change of a list's values and tells who uses it. */
export async function change(
  tx: Tx,
  actor: Actor,
  list: ListRow,
  { size, ...what }: { size: number } & Record<string, number>,
): Promise<void> {
  await tx
    .update(lists)
    .set({ size, revision: sql`${lists.revision} + 1`, updatedAt: new Date() })
    .where(eq(lists.id, list.id))
  await tellFlows(tx, list)
  await recordAudit(tx, actor, {
    action: 'list.change',
    subjectKind: 'list',
    subjectId: list.id,
    before: { size: list.size },
    after: { size, ...what },
  })
}
