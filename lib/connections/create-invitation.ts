import type { z } from 'zod'
import type { Tx } from '../../db/client'
import { invitations } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { now } from '../clock'
import { invalid } from '../errors'
import { attachInvitation, findInvitedStep, type InvitedStep } from '../flows/index'
import { uuidv7 } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { dayMs } from '../time'
import { mailInvitation, takeMailRate } from './mail-invitation'
import { InvitationInput, type InvitationView, Permissions } from './schema'
import { newInvitationToken } from './tokens'
import { type InvitationRow, viewInvitation } from './views'

type Given = z.output<typeof InvitationInput>

async function stepFor(
  tx: Tx,
  actor: Actor,
  { flow_id: flowId, step_id: stepId }: Given,
): Promise<Result<InvitedStep | undefined>> {
  if (flowId !== undefined) return findInvitedStep(tx, actor, flowId, stepId)
  if (stepId === undefined) return ok(undefined)
  return err(invalid('Name the flow of the step.', [{ path: 'flow_id', message: 'A step needs its flow.' }]))
}

async function insert(
  tx: Tx,
  actor: Actor,
  given: Given,
  step: InvitedStep | undefined,
  tokenHash: Buffer,
): Promise<InvitationRow> {
  const sentAt = new Date(now())
  const [row] = await tx
    .insert(invitations)
    .values({
      id: uuidv7(),
      accountId: actor.accountId,
      email: given.email,
      purpose: given.purpose,
      message: given.message,
      flowId: step?.flowId ?? null,
      stepId: step?.stepId ?? null,
      sharedFields: [...new Set(given.shared_fields ?? step?.sharedFields ?? [])],
      permissions: given.permissions ?? Permissions.parse({}),
      tokenHash,
      expiresAt: new Date(sentAt.getTime() + given.expires_in_days * dayMs),
      sentAt,
      invitedBy: actor.userId ?? null,
      createdAt: sentAt,
    })
    .returning()
  if (!row) throw new Error('an insert answered no row')
  return row
}

async function attach(
  tx: Tx,
  actor: Actor,
  { id, flowId, stepId, sharedFields }: InvitationRow,
): Promise<Result<unknown>> {
  if (!flowId || !stepId) return ok(undefined)
  return attachInvitation(tx, actor, { flowId, stepId, invitationId: id, sharedFields })
}

/**
 * Invites a buyer by mail, for a step of a flow or in general. The mail, the audit entry and the reference in the
 * step's draft are written together. Members of accounts that sell; refuses another account's flow as not found.
 */
export async function createInvitation(actor: Actor, input: unknown, tx?: Tx): Promise<Result<InvitationView>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(InvitationInput, input)
  if (!parsed.ok) return parsed
  const rate = tx ? ok(undefined) : await takeMailRate(actor)
  if (!rate.ok) return rate
  return transact(async (run) => {
    const step = await stepFor(run, actor, parsed.value)
    if (!step.ok) return step
    const { tokenHash, link } = newInvitationToken()
    const row = await insert(run, actor, parsed.value, step.value, tokenHash)
    const attached = await attach(run, actor, row)
    if (!attached.ok) return attached
    await mailInvitation(run, actor, row, { link, flow: step.value?.flowName })
    const { id, email, purpose, flowId, stepId, sharedFields, permissions } = row
    await recordAudit(run, actor, {
      action: 'invitation.create',
      subjectKind: 'invitation',
      subjectId: id,
      after: { email, purpose, flowId, stepId, sharedFields, permissions },
    })
    return ok(viewInvitation(row, step.value?.flowName ?? null, actor.userName ?? null, now()))
  }, tx)
}
