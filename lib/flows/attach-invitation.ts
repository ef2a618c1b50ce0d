import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { flows } from '../../db/schema/index'
import type { Actor } from '../actor'
import { type FlowDocument, withBuyers } from '../engine/index'
import { conflict, notFound } from '../errors'
import { err, ok, type Result } from '../result'
import { lockFlow, newDraft } from './own-flow'
import { buyerSteps, type InviteStepOf, isInviteStep } from './rules'

export type InvitedStep = {
  flowId: string
  flowName: string
  stepId: string | null
  sharedFields: string[] | undefined
}

/** The flow and step that an invitation names, checked to be the actor's. The flow stays locked. */
export async function findInvitedStep(
  tx: Tx,
  actor: Actor,
  flowId: string,
  stepId: string | undefined,
): Promise<Result<InvitedStep>> {
  const found = await lockFlow(tx, actor, flowId)
  if (!found.ok) return found
  const flow = { flowId, flowName: found.value.name }
  if (stepId === undefined) return ok({ ...flow, stepId: null, sharedFields: undefined })
  const step = buyerSteps(found.value.draft).find((candidate) => candidate.id === stepId)
  if (!step) return err(notFound('Step'))
  if (!isInviteStep(step)) {
    return err(conflict('This step is configured by hand. Set its connection to Invite to connect, save, then invite.'))
  }
  return ok({ ...flow, stepId, sharedFields: step.connection.shared_fields })
}

function invited(step: InviteStepOf, invitationId: string, sharedFields: string[]): InviteStepOf {
  const isFirst = !step.connection.invitation_id && !step.connection.connection_id
  return {
    ...step,
    connection: {
      method: 'invite',
      invitation_id: invitationId,
      shared_fields: sharedFields,
      ...(step.connection.ping_fields && { ping_fields: step.connection.ping_fields }),
    },
    rules: isFirst ? { ...step.rules, active: false } : step.rules,
  }
}

/**
 * Writes an invitation into the draft's step. A step that is invited for the first time starts inactive: its owner
 * enables it when the buyer is ready. Published versions never change; they find the invitation by flow and step.
 */
export async function attachInvitation(
  tx: Tx,
  actor: Actor,
  {
    flowId,
    stepId,
    invitationId,
    sharedFields,
  }: { flowId: string; stepId: string; invitationId: string; sharedFields: string[] },
): Promise<Result<FlowDocument>> {
  const found = await lockFlow(tx, actor, flowId)
  if (!found.ok) return found
  const draft = withBuyers(found.value.draft, (step) =>
    step.id === stepId && isInviteStep(step) ? invited(step, invitationId, sharedFields) : step,
  )
  await tx.update(flows).set(newDraft(actor, draft)).where(eq(flows.id, flowId))
  return ok(draft)
}
