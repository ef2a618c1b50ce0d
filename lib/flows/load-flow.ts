import { and, eq } from 'drizzle-orm'
import { db } from '../../db/client'
import { accounts, flows, flowVersions, mailTemplates, sources } from '../../db/schema/index'
import {
  type CompiledFlow,
  type CompiledSource,
  compileFlow,
  compileSource,
  FlowDocument,
  type Problem,
  type SourceSettings,
  type StepTarget,
} from '../engine/index'
import { isUuid } from '../ids'
import { flowFacts } from './own-flow'
import { isError, problemsOf } from './problems'
import { resolveTargets, switchesOf } from './targets'

export type LoadedSource = {
  id: string
  name: string
  accountId: string
  enabled: boolean
  authenticationRequired: boolean
  /** SHA-256 of its key. */
  keyHash?: Buffer
  /** The reference of what signs its webhook. */
  webhookSecret: string | null
  settings: SourceSettings
  compiled: CompiledSource
}

/** A flow as leads meet it. `live` is missing when nothing is published (or, for a draft, when it has errors). */
export type LoadedFlow = {
  flow: { id: string; accountId: string; accountName: string; name: string; enabled: boolean; timeZone: string }
  configVersion: number
  live?: { version: number; document: FlowDocument; compiled: CompiledFlow }
  sources: Map<string, LoadedSource>
  targets: Record<string, StepTarget>
}

const emptyDocument = FlowDocument.parse({})

/**
 * The account's version is read first: whatever changes while the rest is read raises it, and the next commit finds
 * that this is old. The other way round a change could slip in unseen.
 */
async function readFlow(flowId: string, version?: number) {
  const [row] = await db()
    .select({
      id: flows.id,
      accountId: flows.accountId,
      accountName: accounts.name,
      accountZone: accounts.timeZone,
      businessHours: accounts.businessHours,
      name: flows.name,
      enabled: flows.enabled,
      timeZone: flows.timeZone,
      draft: flows.draft,
      configVersion: accounts.configVersion,
      version: flowVersions.version,
      document: flowVersions.document,
      mail: mailTemplates.template,
    })
    .from(flows)
    .innerJoin(accounts, eq(accounts.id, flows.accountId))
    .leftJoin(mailTemplates, eq(mailTemplates.accountId, flows.accountId))
    .leftJoin(
      flowVersions,
      and(eq(flowVersions.flowId, flows.id), eq(flowVersions.version, version ?? flows.liveVersion)),
    )
    .where(eq(flows.id, flowId))
  return row
}

type FlowRow = NonNullable<Awaited<ReturnType<typeof readFlow>>>

async function readSources(flowId: string) {
  return db()
    .select({
      id: sources.id,
      name: sources.name,
      accountId: sources.accountId,
      enabled: sources.enabled,
      authenticationRequired: sources.authenticationRequired,
      keyHash: sources.keyHash,
      webhookSecret: sources.webhookSecret,
      settings: sources.settings,
    })
    .from(sources)
    .where(eq(sources.flowId, flowId))
}

type Loaded = LoadedFlow & { problems: Problem[] }

async function assemble(
  row: FlowRow,
  document: FlowDocument,
  version: number | undefined,
  isDraft: boolean,
  switchedOn?: string,
): Promise<Loaded> {
  const facts = flowFacts(row, row.accountName)
  const flow = { ...facts, enabled: row.enabled }
  const [sourceRows, switches] = await Promise.all([readSources(row.id), switchesOf(db(), row.id)])
  if (switchedOn !== undefined) switches.set(switchedOn, true)
  const settings = sourceRows.map((source) => source.settings)
  const resolved = await resolveTargets(db(), flow, document, switches, settings)
  const { targets, resources } = resolved
  const problems = isDraft ? problemsOf(facts, document, resolved) : []
  const works = version !== undefined && !problems.some(isError)
  const compiled = compileFlow({
    flow: facts,
    version: version ?? 0,
    document: works ? document : emptyDocument,
    targets,
    resources,
    mail: row.mail ?? undefined,
    ...(row.businessHours && { businessHours: { timezone: row.accountZone, ...row.businessHours } }),
  })
  return {
    flow,
    configVersion: row.configVersion,
    ...(works && { live: { version, document, compiled } }),
    sources: new Map(
      sourceRows.map(({ keyHash, ...source }) => [
        source.id,
        { ...source, ...(keyHash && { keyHash }), compiled: compileSource(compiled, source) },
      ]),
    ),
    targets,
    problems,
  }
}

/** The published flow with its sources and targets, compiled, in a handful of queries. Not cached: the caller keeps it. */
export async function loadFlow(flowId: string): Promise<LoadedFlow | undefined> {
  const row = isUuid(flowId) ? await readFlow(flowId) : undefined
  if (!row) return undefined
  return assemble(row, row.document ?? emptyDocument, row.version ?? undefined, false)
}

/** Steps that leave values for later ones: a step can't be tried without those before it. */
const giving = new Set(['lookup', 'mapping'])

/** A draft as if it had only one step, switched on, and what that step reads. */
function narrowed(document: FlowDocument, stepId: string): FlowDocument | undefined {
  const index = document.steps.findIndex(({ id }) => id === stepId)
  if (index < 0) return undefined
  const steps = document.steps.flatMap((step, at) => {
    if (at === index) return [step.type === 'buyer' ? step : { ...step, active: true }]
    return at < index && giving.has(step.type) ? [step] : []
  })
  const { acceptance: _, ...rest } = document
  return { ...rest, steps, succeed_when: 'always' }
}

/** The draft, for test leads: version 0, and `problems` that say why `live` is missing. */
export async function loadDraft(flowId: string): Promise<Loaded | undefined> {
  const row = isUuid(flowId) ? await readFlow(flowId) : undefined
  return row && assemble(row, row.draft, 0, true)
}

/** The draft as if it had only this step, whatever its switch says; `problems` keep their paths in the draft. */
export async function loadStep(flowId: string, stepId: string): Promise<Loaded | undefined> {
  const row = isUuid(flowId) ? await readFlow(flowId) : undefined
  const document = row && narrowed(row.draft, stepId)
  if (!document) return undefined
  const loaded = await assemble(row, document, 0, true, stepId)
  const indexOf = new Map(row.draft.steps.map(({ id }, index) => [id, index]))
  const problems = loaded.problems.map((problem) => ({
    ...problem,
    path: problem.path.replace(/^steps\.\d+/, `steps.${indexOf.get(problem.stepId ?? '') ?? 0}`),
  }))
  return { ...loaded, problems }
}

/** A document of the flow as it would take leads now, under today's sources, switches and connections: version 0. */
export async function loadDocument(
  flowId: string,
  document: FlowDocument,
): Promise<(LoadedFlow & { problems: Problem[] }) | undefined> {
  const row = isUuid(flowId) ? await readFlow(flowId) : undefined
  return row && assemble(row, document, 0, true)
}

/** A past version under today's switches and connections, for a run that began on it. */
export async function loadVersion(flowId: string, version: number): Promise<LoadedFlow | undefined> {
  const row = isUuid(flowId) ? await readFlow(flowId, version) : undefined
  return row?.document ? assemble(row, row.document, version, false) : undefined
}

/** What feedback a flow takes: the rules of its live version, or of the draft while nothing is published. */
export async function flowRules(flowId: string): Promise<FlowDocument['feedback'] | undefined> {
  const row = isUuid(flowId) ? await readFlow(flowId) : undefined
  return row && (row.document ?? row.draft).feedback
}
