import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { lists } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { conflict } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { lockList } from './own-list'
import { ListIdInput } from './schema'
import { holdFlows, usesOf } from './usage'

/** Takes a list away with its values. Refused while a live flow or a source uses it; a draft that does gets a problem. */
export async function deleteList(actor: Actor, input: unknown, tx?: Tx): Promise<Result<{ id: string }>> {
  const allowed = maySell(actor, 'Lists')
  if (!allowed.ok) return allowed
  const parsed = parseInput(ListIdInput, input)
  if (!parsed.ok) return parsed
  return transact(async (run) => {
    await holdFlows(run, actor)
    const found = await lockList(run, actor, parsed.value.id)
    if (!found.ok) return found
    const { id, name, type, hash, size } = found.value
    const live = (await usesOf(run, found.value)).filter((use) => use.live)
    if (live.length > 0) {
      const using = [...new Set(live.map(({ flowName }) => flowName))].join(', ')
      return err(
        conflict(`Leads of ${using} are checked against this list. Take it out of the rules there first, and publish.`),
      )
    }
    await run.delete(lists).where(eq(lists.id, id))
    await recordAudit(run, actor, {
      action: 'list.delete',
      subjectKind: 'list',
      subjectId: id,
      before: { name, type, hash, size },
    })
    return ok({ id })
  }, tx)
}
