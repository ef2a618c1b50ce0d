import { and, eq, inArray } from 'drizzle-orm'
import type { Executor, Tx } from '../../db/client'
import { connections } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { FlowDocument, withBuyers } from '../engine/index'
import { invalid } from '../errors'
import { isUuid } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { describeSecrets, secretNames } from '../secrets/index'
import { createFlow } from './create-flow'
import { type Understood, understand, withFieldsRead } from './import-kinds'
import { flowFacts, lockFlow, type OwnFlow } from './own-flow'
import { problemsOf } from './problems'
import { readPasted } from './read-pasted'
import { buyerSteps } from './rules'
import { sealDocument, storeDraft } from './save-draft'
import { type ImportedFlow, ImportFlowInput } from './schema'
import { withSecrets } from './secret-places'
import { partnersNamed } from './step-partners'
import { resolveTargets, switchesOf } from './targets'

type Prepared = Pick<ImportedFlow, 'document' | 'missing' | 'notes' | 'kind'>

const nobody = '00000000-0000-0000-0000-000000000000'

const refsIn = (text: string) => [...text.matchAll(/"secret":"(sec_[^"]+)"/g)].map(([, secret = '']) => ({ secret }))

/** Parses what was understood; secrets that were given stand in it as text, those that are missing by name. */
async function prepare(
  tx: Executor,
  actor: Actor,
  found: Understood,
  given: Record<string, string>,
): Promise<Result<Prepared>> {
  const own = await describeSecrets(actor.accountId, refsIn(JSON.stringify(found.document)), tx)
  const kept = await secretNames(actor.accountId, tx)
  const filled = withSecrets(found.document, given, (ref) => Object.hasOwn(own, ref), kept)
  const parsed = parseInput(FlowDocument, filled.document)
  if (!parsed.ok) {
    const issues = parsed.error.issues?.map(({ path, message }) => ({ path: found.pastedPath(path), message })) ?? []
    return err({ ...parsed.error, issues })
  }
  const linked = await withoutForeignLinks(tx, actor, parsed.value)
  const known = await withoutForeignPartners(tx, actor, linked.document)
  const { kind, pastedPath } = found
  const missing = filled.missing.map((secret) => ({ ...secret, path: pastedPath(secret.path) }))
  return ok({ kind, document: known.document, missing, notes: [...linked.notes, ...known.notes] })
}

/** Invitations stay where they were sent; connections stay when they are this account's. */
async function withoutForeignLinks(tx: Executor, actor: Actor, document: FlowDocument) {
  const ids = buyerSteps(document).flatMap(({ connection }) =>
    connection.method === 'invite' ? (connection.connection_id ?? []) : [],
  )
  const rows = ids.length
    ? await tx
        .select({ id: connections.id })
        .from(connections)
        .where(and(eq(connections.sellerAccountId, actor.accountId), inArray(connections.id, ids.filter(isUuid))))
    : []
  const own = new Set(rows.map(({ id }) => id))
  const notes: string[] = []
  const unlinked = withBuyers(document, (step) => {
    if (step.connection.method !== 'invite') return step
    const { connection_id: connectionId, invitation_id: invitationId, ...rest } = step.connection
    const keeps = connectionId !== undefined && own.has(connectionId)
    if (!keeps && (connectionId ?? invitationId))
      notes.push(`${step.name} is not connected here: invite its buyer again.`)
    return { ...step, connection: { ...rest, ...(keeps && { connection_id: connectionId }) } }
  })
  return { document: unlinked, notes }
}

/** Partners stay when they are this account's. */
async function withoutForeignPartners(tx: Executor, actor: Actor, document: FlowDocument) {
  const named = buyerSteps(document).map((step) => step.partner_id)
  const own = await partnersNamed(tx, actor.accountId, named)
  const notes: string[] = []
  const kept = withBuyers(document, (step) => {
    const { partner_id: partnerId, ...rest } = step
    if (partnerId === undefined || own.has(partnerId)) return step
    notes.push(`${step.name} has no partner here: choose one.`)
    return rest
  })
  return { document: kept, notes }
}

const freeId = (id: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(id)) return id
  let number = 2
  while (taken.has(`${id}-${number}`)) number++
  return `${id}-${number}`
}

const fieldWords = (names: readonly string[]) =>
  `${names.length === 1 ? 'Field' : 'Fields'} ${names.join(', ')} added: what was imported reads ${names.length === 1 ? 'it' : 'them'}.`

/** The draft that an import leads to: what is imported as a whole, or the flow's own draft with one buyer more. */
function combined(prepared: Prepared, draft: FlowDocument | undefined): Pick<ImportedFlow, 'document' | 'notes'> {
  if (prepared.kind === 'flow') return { document: prepared.document, notes: prepared.notes }
  const taken = new Set(draft?.steps.map(({ id }) => id))
  const imported = prepared.document.steps.map((step) => ({ ...step, id: freeId(step.id, taken) }))
  const base = draft ?? prepared.document
  const steps = draft ? [...draft.steps, ...imported] : imported
  const { document, added } = withFieldsRead({ ...base, steps })
  return { document, notes: [...prepared.notes, ...(added.length > 0 ? [fieldWords(added)] : [])] }
}

const missingSecrets = (missing: ImportedFlow['missing']) =>
  invalid(
    'Secrets are missing. Give each by its name.',
    missing.map(({ name, path, label }) => ({
      path: `secrets.${name}`,
      message: `${label} is missing; it stands at ${path}.`,
    })),
  )

type Facts = Parameters<typeof flowFacts>[0]

async function problemsIn(tx: Tx, actor: Actor, flow: Facts, document: FlowDocument) {
  const resolved = await resolveTargets(tx, flow, document, await switchesOf(tx, flow.id))
  return problemsOf(flowFacts(flow, actor.accountName), document, resolved)
}

async function intoFlow(tx: Tx, actor: Actor, flow: OwnFlow, document: FlowDocument): Promise<Result<FlowDocument>> {
  const sealed = await sealDocument(tx, actor.accountId, document, flow.draft)
  if (!sealed.ok) return sealed
  await storeDraft(tx, actor, flow, sealed.value)
  return sealed
}

/**
 * Imports a flow document, an exported flow or the configuration of one buyer, as JSON or as it was pasted from code.
 * It makes a new flow, or goes into the draft of one: a flow replaces it, a buyer is added to it. Nothing goes live.
 * Refuses unknown keys by their path, and secrets that it names and was not given (`secrets.NAME`).
 */
export async function importFlow(actor: Actor, input: unknown, tx?: Tx): Promise<Result<ImportedFlow>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(ImportFlowInput, input)
  if (!parsed.ok) return parsed
  const { document, text, name: wanted, flowId, secrets, dryRun } = parsed.value
  const value = document === undefined ? readPasted(text ?? '') : ok(document)
  if (!value.ok) return value
  const understood = understand(value.value)
  if (!understood.ok) return understood
  return transact(async (run) => {
    const target = flowId === undefined ? ok(undefined) : await lockFlow(run, actor, flowId)
    if (!target.ok) return target
    const prepared = await prepare(run, actor, understood.value, secrets)
    if (!prepared.ok) return prepared
    const flow = target.value
    const next = combined(prepared.value, flow?.draft)
    const { kind, missing } = prepared.value
    const told = { kind, name: wanted ?? flow?.name ?? understood.value.name ?? 'Imported flow', missing, ...next }
    return dryRun ? ok(await imagine(run, actor, flow, told)) : carryOut(run, actor, flow, told)
  }, tx)
}

type Told = Omit<ImportedFlow, 'problems' | 'flowId'>

/** What would come of it, of a flow that need not be there yet. */
async function imagine(tx: Tx, actor: Actor, flow: OwnFlow | undefined, told: Told): Promise<ImportedFlow> {
  const facts = flow ?? { id: nobody, accountId: actor.accountId, name: told.name, timeZone: 'UTC' }
  return { ...told, problems: await problemsIn(tx, actor, facts, told.document) }
}

async function carryOut(tx: Tx, actor: Actor, present: OwnFlow | undefined, told: Told): Promise<Result<ImportedFlow>> {
  if (told.missing.length > 0) return err(missingSecrets(told.missing))
  const flow = present ? ok(present) : await newFlow(tx, actor, told.name)
  if (!flow.ok) return flow
  const saved = await intoFlow(tx, actor, flow.value, told.document)
  if (!saved.ok) return saved
  const problems = await problemsIn(tx, actor, flow.value, saved.value)
  return ok({ ...told, flowId: flow.value.id, document: saved.value, problems })
}

async function newFlow(tx: Tx, actor: Actor, name: string): Promise<Result<OwnFlow>> {
  const made = await createFlow(actor, { name: name.slice(0, 120) }, tx)
  return made.ok ? lockFlow(tx, actor, made.value.id) : made
}
