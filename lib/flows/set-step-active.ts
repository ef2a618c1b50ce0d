import type { Tx } from '../../db/client'
import { stepSwitches } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { conflict, notFound } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { lockFlow, type OwnFlow, versionDocument } from './own-flow'
import { SetStepActiveInput, type SetupState, type StepState } from './schema'
import { resolveTargets, switchesOf } from './targets'

const notReadyWords: Partial<Record<SetupState, string>> = {
  paused_by_buyer: 'The buyer has paused this connection. The step can be enabled when it resumes.',
  paused_by_seller: 'This connection is paused. Resume it, then enable the step.',
  revoked: 'This connection was ended. Invite the buyer again.',
  destination_disabled: 'The buyer has disabled its destination.',
}

const whyNotReady = (setup: SetupState): string => notReadyWords[setup] ?? 'The buyer has not finished setup.'

/** The step as it takes leads now; as the draft has it when it is not published yet. */
async function findStep(tx: Tx, flow: OwnFlow, stepId: string): Promise<StepState | undefined> {
  const switches = await switchesOf(tx, flow.id)
  const live = await versionDocument(tx, flow, flow.liveVersion)
  for (const document of live ? [live, flow.draft] : [flow.draft]) {
    const { states } = await resolveTargets(tx, flow, document, switches)
    const state = states.find((candidate) => candidate.stepId === stepId)
    if (state) return state
  }
  return undefined
}

/**
 * Enables or disables a buyer step at once, without a new version. Enabling the step of an invited buyer is refused
 * until that buyer is ready, with the reason.
 */
export async function setStepActive(
  actor: Actor,
  input: unknown,
  tx?: Tx,
): Promise<Result<{ stepId: string; active: boolean }>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(SetStepActiveInput, input)
  if (!parsed.ok) return parsed
  const { flowId, stepId, active } = parsed.value
  return transact(async (run) => {
    const found = await lockFlow(run, actor, flowId)
    if (!found.ok) return found
    const step = await findStep(run, found.value, stepId)
    if (!step) return err(notFound('Step'))
    if (active && step.setup !== 'ready') return err(conflict(whyNotReady(step.setup)))
    if (step.active === active) return ok({ stepId, active })
    await touchConfig(run, [actor.accountId])
    const changedAt = new Date()
    await run
      .insert(stepSwitches)
      .values({ flowId: found.value.id, stepId, accountId: actor.accountId, active, changedAt })
      .onConflictDoUpdate({ target: [stepSwitches.flowId, stepSwitches.stepId], set: { active, changedAt } })
    await recordAudit(run, actor, {
      action: active ? 'step.enable' : 'step.disable',
      subjectKind: 'step',
      subjectId: `${found.value.id}/${stepId}`,
      before: { active: step.active },
      after: { active },
    })
    return ok({ stepId, active })
  }, tx)
}
