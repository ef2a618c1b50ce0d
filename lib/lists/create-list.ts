import type { Tx } from '../../db/client'
import { lists } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { conflict } from '../errors'
import { uuidv7 } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { isTaken, summarise, takenName } from './own-list'
import { CreateListInput, type ListSummary } from './schema'

/** Makes an empty list. Its type says how values are read, its hash that only digests are kept; neither changes later. */
export async function createList(actor: Actor, input: unknown, tx?: Tx): Promise<Result<ListSummary>> {
  const allowed = maySell(actor, 'Lists')
  if (!allowed.ok) return allowed
  const parsed = parseInput(CreateListInput, input)
  if (!parsed.ok) return parsed
  const { name } = parsed.value
  return transact(async (run) => {
    const taken = () => err(conflict(takenName(name), [{ path: 'name', message: takenName(name) }]))
    if (await isTaken(run, actor, name)) return taken()
    const [row] = await run
      .insert(lists)
      .values({ id: uuidv7(), accountId: actor.accountId, ...parsed.value })
      .onConflictDoNothing()
      .returning()
    if (!row) return taken()
    await recordAudit(run, actor, {
      action: 'list.create',
      subjectKind: 'list',
      subjectId: row.id,
      after: parsed.value,
    })
    return ok(summarise(row))
  }, tx)
}
