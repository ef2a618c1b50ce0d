import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { flows } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { parseInput } from '../input'
import { ok, type Result } from '../result'
import { lockFlow } from './own-flow'
import { UpdateFlowInput } from './schema'

/** Renames a flow or turns it on and off, at once. A disabled flow takes no leads. */
export async function updateFlow(
  actor: Actor,
  input: unknown,
  tx?: Tx,
): Promise<Result<{ id: string; name: string; enabled: boolean }>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(UpdateFlowInput, input)
  if (!parsed.ok) return parsed
  return transact(async (run) => {
    const found = await lockFlow(run, actor, parsed.value.flowId)
    if (!found.ok) return found
    const { id, name, enabled } = found.value
    const after = { name: parsed.value.name ?? name, enabled: parsed.value.enabled ?? enabled }
    if (after.name === name && after.enabled === enabled) return ok({ id, ...after })
    await touchConfig(run, [actor.accountId])
    await run.update(flows).set(after).where(eq(flows.id, id))
    await recordAudit(run, actor, {
      action: 'flow.update',
      subjectKind: 'flow',
      subjectId: id,
      before: { name, enabled },
      after,
    })
    return ok({ id, ...after })
  }, tx)
}
