'use server'

import { z } from 'zod'
import type { Actor } from '@/lib/actor'
import { readPasted } from '@/lib/api'
import { sellerAction } from '@/lib/auth'
import { createInvitation, resendInvitation, revokeInvitation } from '@/lib/connections'
import { InvitationIdInput, InvitationInput, ResendInvitationInput } from '@/lib/connections/schema'
import { findOperations, previewSample } from '@/lib/delivery'
import { WsdlInput } from '@/lib/delivery/schema'
import { listFields } from '@/lib/fields'
import {
  createSource,
  flowHistory,
  holdStepCircuit,
  listCapUse,
  previewSubmission,
  publishFlow,
  restoreVersion,
  rotateSourceKey,
  rotateWebhookSecret,
  saveDraft,
  setStepActive,
  tryRule,
  updateFlow,
  updateSource,
} from '@/lib/flows'
import {
  CreateSourceInput,
  FlowHistoryInput,
  FlowIdInput,
  HoldStepCircuitInput,
  PreviewSubmissionInput,
  PublishFlowInput,
  RestoreVersionInput,
  SaveDraftInput,
  SetStepActiveInput,
  SourceIdInput,
  TryRuleInput,
  UpdateFlowInput,
  UpdateSourceInput,
} from '@/lib/flows/schema'
import { tryWebhook } from '@/lib/notices'
import { ok, type Result } from '@/lib/result'
import { type EditorView, editorView } from './editor-view'
import { PreviewInput } from './preview-input'
import { recentLeads } from './recent-leads'

/** What the editor shows after a verb that said yes. */
const viewAfter = async (done: Result<unknown>, actor: Actor, flowId: string): Promise<Result<EditorView>> =>
  done.ok ? editorView(actor, flowId) : done

export const readEditorAction = sellerAction(
  FlowIdInput,
  (actor: Actor, { flowId }: z.output<typeof FlowIdInput>) => editorView(actor, flowId),
  { needs: 'viewer' },
)

export const saveDraftAction = sellerAction(
  SaveDraftInput,
  async (actor: Actor, input: z.output<typeof SaveDraftInput>) => {
    const saved = await saveDraft(actor, input)
    if (!saved.ok) return saved
    const view = await editorView(actor, input.flowId)
    return view.ok ? ok({ saved: saved.value, view: view.value }) : view
  },
)

export const publishAction = sellerAction(
  PublishFlowInput,
  async (actor: Actor, input: z.output<typeof PublishFlowInput>) =>
    viewAfter(await publishFlow(actor, input), actor, input.flowId),
)

export const updateFlowAction = sellerAction(
  UpdateFlowInput,
  async (actor: Actor, input: z.output<typeof UpdateFlowInput>) =>
    viewAfter(await updateFlow(actor, input), actor, input.flowId),
)

export const setStepActiveAction = sellerAction(
  SetStepActiveInput,
  async (actor: Actor, input: z.output<typeof SetStepActiveInput>) =>
    viewAfter(await setStepActive(actor, input), actor, input.flowId),
)

export const holdStepCircuitAction = sellerAction(
  HoldStepCircuitInput,
  async (actor: Actor, input: z.output<typeof HoldStepCircuitInput>) =>
    viewAfter(await holdStepCircuit(actor, input), actor, input.flowId),
)

export const recentLeadsAction = sellerAction(
  FlowIdInput,
  async (actor: Actor, { flowId }: z.output<typeof FlowIdInput>) => ok(await recentLeads(actor, flowId)),
  { needs: 'viewer' },
)

export const flowHistoryAction = sellerAction(FlowHistoryInput, flowHistory, { needs: 'viewer' })

export const restoreVersionAction = sellerAction(RestoreVersionInput, restoreVersion)

export const createSourceAction = sellerAction(CreateSourceInput, createSource)

export const updateSourceAction = sellerAction(UpdateSourceInput, updateSource)

export const rotateKeyAction = sellerAction(SourceIdInput, rotateSourceKey)

export const rotateWebhookSecretAction = sellerAction(SourceIdInput, rotateWebhookSecret)

export const tryWebhookAction = sellerAction(SourceIdInput, tryWebhook)

export const inviteAction = sellerAction(InvitationInput, createInvitation)

export const resendInvitationAction = sellerAction(ResendInvitationInput, resendInvitation)

export const revokeInvitationAction = sellerAction(InvitationIdInput, revokeInvitation)

/** What is taken from the caps of a flow at this moment. */
export const listCapUseAction = sellerAction(
  FlowIdInput,
  (actor: Actor, { flowId }: z.output<typeof FlowIdInput>) => listCapUse(actor, flowId, Date.now()),
  { needs: 'viewer' },
)

/** What a rule says of a lead, saved or not. */
export const tryRuleAction = sellerAction(TryRuleInput, tryRule, { needs: 'viewer' })

/** Every field a flow may list: too many to send with each page, so the picker asks when it opens. */
export const listFieldsAction = sellerAction(z.strictObject({}), async (actor: Actor) => ok(await listFields(actor)), {
  needs: 'viewer',
})

const PastedInput = PreviewSubmissionInput.omit({ submitted: true }).extend({ text: z.string().max(1_100_000) })

/** What a pasted submission would become. */
export const previewSubmissionAction = sellerAction(
  PastedInput,
  async (actor: Actor, { text, ...input }: z.output<typeof PastedInput>) => {
    const submitted = await readPasted(text)
    return submitted.ok ? previewSubmission(actor, { ...input, submitted: submitted.value }) : submitted
  },
  { needs: 'viewer' },
)

/** What a request makes of the sample lead. */
export const previewAction = sellerAction(
  PreviewInput,
  async (_actor: Actor, { request, endpoint, fields, ping }: z.output<typeof PreviewInput>) =>
    ok(
      previewSample(
        {
          endpoint: { ...endpoint, auth: { type: 'none' } },
          request,
          response: { success_codes: [200] },
          required_fields: [],
        },
        { fields, ping },
      ),
    ),
  { needs: 'viewer' },
)

export const findOperationsAction = sellerAction(WsdlInput, findOperations, { needs: 'viewer' })
