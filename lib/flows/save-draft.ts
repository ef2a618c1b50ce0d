import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { flows, users } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { secretIssues } from '../delivery/index'
import { FlowDocument } from '../engine/index'
import { conflict, invalid, type Refusal } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { sealSecrets } from '../secrets/index'
import { auditable } from './auditable'
import { diffDocuments } from './diff-documents'
import { flowFacts, lockFlow, newDraft, type OwnFlow } from './own-flow'
import { problemsOf } from './problems'
import { SaveDraftInput, type SavedDraft } from './schema'
import { resolveTargets, switchesOf } from './targets'

const nobody = '00000000-0000-0000-0000-000000000000'

/** Takes every secret out of a document and leaves a reference in its place. */
export async function sealDocument(
  tx: Tx,
  accountId: string,
  document: FlowDocument,
  previous: FlowDocument,
): Promise<Result<FlowDocument>> {
  const wrong = await secretIssues(accountId, document)
  if (wrong.length > 0) return err(invalid(wrong[0]?.message ?? '', wrong))
  return sealSecrets(tx, accountId, FlowDocument, document, previous)
}

/** Writes the draft and who changed what of it. */
export async function storeDraft(tx: Tx, actor: Actor, flow: OwnFlow, document: FlowDocument): Promise<void> {
  const changes = diffDocuments(flow.draft, document)
  await tx.update(flows).set(newDraft(actor, document)).where(eq(flows.id, flow.id))
  if (changes.length === 0) return
  await recordAudit(tx, actor, {
    action: 'flow.draft.save',
    subjectKind: 'flow',
    subjectId: flow.id,
    before: auditable(changes.map(({ path, before }) => ({ path, before }))),
    after: auditable(changes.map(({ path, text, after }) => ({ path, text, after }))),
  })
}

async function overtaken(tx: Tx, flow: OwnFlow, revision: number): Promise<Refusal> {
  const [by] = await tx
    .select({ name: users.name })
    .from(users)
    .where(eq(users.id, flow.draftSavedBy ?? nobody))
  const who = by?.name ?? 'Somebody'
  const message = `${who} changed the draft since you read it. Read it again and put your changes on top.`
  const issue = `The draft is at revision ${flow.draftRevision}; yours is based on ${revision}.`
  return conflict(message, [{ path: 'revision', message: issue }])
}

/**
 * Saves the draft. A wrong shape is refused with the path of every problem; problems of meaning are saved with it and
 * come back beside it, since half-done work is worth keeping. Secrets typed into it are sealed and read as references.
 * With a `revision`, a draft that somebody changed since is left alone (`conflict`).
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
    return saveInto(run, actor, found.value, shaped.value, parsed.value.revision)
  }, tx)
}

async function saveInto(
  tx: Tx,
  actor: Actor,
  flow: OwnFlow,
  given: FlowDocument,
  revision: number | undefined,
): Promise<Result<SavedDraft>> {
  const sealed = await sealDocument(tx, actor.accountId, given, flow.draft)
  if (!sealed.ok) return sealed
  const document = sealed.value
  const isNew = JSON.stringify(document) !== JSON.stringify(flow.draft)
  if (isNew && revision !== undefined && revision !== flow.draftRevision)
    return err(await overtaken(tx, flow, revision))
  if (isNew) await storeDraft(tx, actor, flow, document)
  const resolved = await resolveTargets(tx, flow, document, await switchesOf(tx, flow.id))
  const problems = problemsOf(flowFacts(flow, actor.accountName), document, resolved)
  return ok({ document, problems, revision: flow.draftRevision + (isNew ? 1 : 0) })
}
