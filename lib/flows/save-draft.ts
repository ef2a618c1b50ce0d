import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { flows } from '../../db/schema/index'
import { transact } from '../../db/transact'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { FlowDocument } from '../engine/index'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { sealAuth } from '../secrets/index'
import { maySell } from './access'
import { auditable } from './auditable'
import { diffDocuments } from './diff-documents'
import { flowFacts, lockFlow, type OwnFlow } from './own-flow'
import { problemsOf } from './problems'
import { SaveDraftInput, type SavedDraft } from './schema'
import { resolveTargets, switchesOf } from './targets'

type Step = FlowDocument['steps'][number]

async function sealStep(
  tx: Tx,
  accountId: string,
  step: Step,
  previous: Step | undefined,
  index: number,
): Promise<Result<Step>> {
  if (step.type !== 'buyer' || step.connection.method !== 'manual') return ok(step)
  const before =
    previous?.type === 'buyer' && previous.connection.method === 'manual'
      ? previous.connection.endpoint.auth
      : undefined
  const sealed = await sealAuth(tx, accountId, step.connection.endpoint.auth, before)
  if (!sealed.ok) {
    const path = `steps.${index}.connection.endpoint.auth`
    const issues = sealed.error.issues?.length
      ? sealed.error.issues.map((issue) => ({ ...issue, path: issue.path ? `${path}.${issue.path}` : path }))
      : [{ path, message: sealed.error.message }]
    return err({ ...sealed.error, kind: 'invalid', issues })
  }
  const endpoint = { ...step.connection.endpoint, auth: sealed.value }
  return ok({ ...step, connection: { ...step.connection, endpoint } })
}

/** Takes every secret out of a document and leaves a reference in its place. */
async function sealDocument(
  tx: Tx,
  accountId: string,
  document: FlowDocument,
  previous: FlowDocument,
): Promise<Result<FlowDocument>> {
  const old = new Map(previous.steps.map((step) => [step.id, step]))
  const steps: Step[] = []
  for (const [index, step] of document.steps.entries()) {
    const sealed = await sealStep(tx, accountId, step, old.get(step.id), index)
    if (!sealed.ok) return sealed
    steps.push(sealed.value)
  }
  return ok({ ...document, steps })
}

async function store(tx: Tx, actor: Actor, flow: OwnFlow, document: FlowDocument): Promise<void> {
  const changes = diffDocuments(flow.draft, document)
  await tx
    .update(flows)
    .set({ draft: document, draftSavedAt: new Date(), draftSavedBy: actor.userId ?? null })
    .where(eq(flows.id, flow.id))
  if (changes.length === 0) return
  await recordAudit(tx, actor, {
    action: 'flow.draft.save',
    subjectKind: 'flow',
    subjectId: flow.id,
    before: auditable(changes.map(({ path, before }) => ({ path, before }))),
    after: auditable(changes.map(({ path, text, after }) => ({ path, text, after }))),
  })
}

/**
 * Saves the draft. A wrong shape is refused with the path of every problem; problems of meaning are saved with it and
 * come back beside it, since half-done work is worth keeping. Secrets typed into it are sealed and read as references.
 */
export async function saveDraft(actor: Actor, input: unknown, tx?: Tx): Promise<Result<SavedDraft>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(SaveDraftInput, input)
  if (!parsed.ok) return parsed
  const shaped = parseInput(FlowDocument, parsed.value.document)
  return transact(async (run) => {
    const found = await lockFlow(run, actor, parsed.value.flowId)
    if (!found.ok) return found
    if (!shaped.ok) return shaped
    const flow = found.value
    const sealed = await sealDocument(run, actor.accountId, shaped.value, flow.draft)
    if (!sealed.ok) return sealed
    const document = sealed.value
    await store(run, actor, flow, document)
    const resolved = await resolveTargets(run, flow, document, await switchesOf(run, flow.id))
    return ok({ document, problems: problemsOf(flowFacts(flow, actor.accountName), document, resolved) })
  }, tx)
}
