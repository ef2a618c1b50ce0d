import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { lists } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { conflict } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { isTaken, lockList, summarise, takenName } from './own-list'
import { type ListSummary, RenameListInput } from './schema'
import { holdFlows, tellFlows, usesOf } from './usage'

const nowhere = '00000000-0000-0000-0000-000000000000'

/**
 * Gives a list another name. Refused while a live rule names it by the present one in an expression: that rule would
 * find nothing. Rows name lists by id and go on.
 */
export async function renameList(actor: Actor, input: unknown, tx?: Tx): Promise<Result<ListSummary>> {
  const allowed = maySell(actor, 'Lists')
  if (!allowed.ok) return allowed
  const parsed = parseInput(RenameListInput, input)
  if (!parsed.ok) return parsed
  const { id, name } = parsed.value
  return transact(async (run) => {
    await holdFlows(run, actor)
    const found = await lockList(run, actor, id)
    if (!found.ok) return found
    const list = found.value
    if (await isTaken(run, actor, name, id)) {
      return err(conflict(takenName(name), [{ path: 'name', message: takenName(name) }]))
    }
    const isOther = name.toLowerCase() !== list.name.toLowerCase()
    const byName = isOther ? (await usesOf(run, { ...list, id: nowhere })).filter(({ live }) => live) : []
    if (byName.length > 0) {
      const using = [...new Set(byName.map(({ flowName }) => flowName))].join(', ')
      return err(
        conflict(`An expression in ${using} names this list. Choose the list in a row there first, and publish.`),
      )
    }
    const [row] = await run
      .update(lists)
      .set({ name, revision: sql`${lists.revision} + 1`, updatedAt: new Date() })
      .where(eq(lists.id, id))
      .returning()
    if (!row) throw new Error(`list ${id} went while it was locked`)
    await tellFlows(run, row)
    await recordAudit(run, actor, {
      action: 'list.rename',
      subjectKind: 'list',
      subjectId: id,
      before: { name: list.name },
      after: { name },
    })
    return ok(summarise(row))
  }, tx)
}
