import type { Tx } from '../../db/client'
import { customFields } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { parseInput } from '../input'
import { ok, type Result } from '../result'
import { lockField, ownField } from './own-field'
import { FieldNameInput } from './schema'

/** Offers a field of the account no longer. Flows that use it keep it, and leads keep their values. */
export async function deleteField(actor: Actor, input: unknown, tx?: Tx): Promise<Result<{ name: string }>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(FieldNameInput, input)
  if (!parsed.ok) return parsed
  const { name } = parsed.value
  return transact(async (run) => {
    const before = await lockField(run, actor, name)
    if (!before.ok) return before
    await run.delete(customFields).where(ownField(actor, name))
    await recordAudit(run, actor, {
      action: 'field.delete',
      subjectKind: 'field',
      subjectId: name,
      before: before.value,
    })
    return ok({ name })
  }, tx)
}
