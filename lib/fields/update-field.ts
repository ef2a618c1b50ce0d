import type { Tx } from '../../db/client'
import { customFields } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { parseInput } from '../input'
import { ok, type Result } from '../result'
import { lockField, ownField } from './own-field'
import { UpdateFieldInput } from './schema'

/** Changes what a field of the account is called or how its values are read. Flows that use it keep what they have. */
export async function updateField(actor: Actor, input: unknown, tx?: Tx): Promise<Result<{ name: string }>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(UpdateFieldInput, input)
  if (!parsed.ok) return parsed
  const { name, type, label, description } = parsed.value
  return transact(async (run) => {
    const before = await lockField(run, actor, name)
    if (!before.ok) return before
    const after = {
      ...before.value,
      ...(type !== undefined && { type }),
      ...(label !== undefined && { label }),
      ...(description !== undefined && { description }),
    }
    await run
      .update(customFields)
      .set({ ...after, updatedAt: new Date() })
      .where(ownField(actor, name))
    await recordAudit(run, actor, {
      action: 'field.update',
      subjectKind: 'field',
      subjectId: name,
      before: before.value,
      after,
    })
    return ok({ name })
  }, tx)
}
