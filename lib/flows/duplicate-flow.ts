import type { Tx } from '../../db/client'
import { flows } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { type FlowDocument, withBuyers } from '../engine/index'
import { uuidv7 } from '../ids'
import { parseInput } from '../input'
import { ok, type Result } from '../result'
import { lockFlow } from './own-flow'
import { DuplicateFlowInput } from './schema'
import { type Switches, switchesOf } from './targets'

/** The steps as they work now; who was invited for the first flow's step is not invited for this one's. */
function copied(document: FlowDocument, switches: Switches): FlowDocument {
  return withBuyers(document, (step) => {
    const rules = { ...step.rules, active: switches.get(step.id) ?? step.rules.active }
    if (step.connection.method !== 'invite') return { ...step, rules }
    const { invitation_id: _, ...connection } = step.connection
    return { ...step, rules, connection }
  })
}

/**
 * Makes another flow of this one's draft. Sources, versions and pending invitations stay behind; connections are kept,
 * and so are the sealed credentials: both flows refer to them until one of them gets another.
 */
export async function duplicateFlow(
  actor: Actor,
  input: unknown,
  tx?: Tx,
): Promise<Result<{ id: string; name: string }>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(DuplicateFlowInput, input)
  if (!parsed.ok) return parsed
  return transact(async (run) => {
    const found = await lockFlow(run, actor, parsed.value.flowId)
    if (!found.ok) return found
    const original = found.value
    const id = uuidv7()
    const name = parsed.value.name ?? `${original.name.slice(0, 113)} (copy)`
    await run.insert(flows).values({
      id,
      accountId: actor.accountId,
      name,
      timeZone: original.timeZone,
      draft: copied(original.draft, await switchesOf(run, original.id)),
      draftSavedBy: actor.userId ?? null,
    })
    await recordAudit(run, actor, {
      action: 'flow.duplicate',
      subjectKind: 'flow',
      subjectId: id,
      after: { name, of: original.name },
    })
    return ok({ id, name })
  }, tx)
}
