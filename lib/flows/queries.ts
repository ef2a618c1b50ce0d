import { and, asc, desc, eq, lt, sql } from 'drizzle-orm'
import { db } from '../../db/client'
import { flows, flowVersions, sources, users } from '../../db/schema/index'
import type { Actor } from '../actor'
import { FlowDocument } from '../engine/index'
import { notFound } from '../errors'
import { isUuid } from '../ids'
import { err, ok, type Result } from '../result'
import { describeSecrets, secretRefsIn } from '../secrets/index'
import { diffDocuments } from './diff-documents'
import { flowFacts } from './own-flow'
import { problemsOf } from './problems'
import type { FlowFilters, FlowPage, FlowVersionView, FlowView, SourceView } from './schema'
import { viewSource } from './source-views'
import { withCircuits } from './step-circuits'
import { resolveTargets, switchesOf } from './targets'

const liveVersion = and(eq(flowVersions.flowId, flows.id), eq(flowVersions.version, flows.liveVersion))

const mine = (actor: Actor, flowId: string) => and(eq(flows.id, flowId), eq(flows.accountId, actor.accountId))

/** Whether there is such a flow for the actor. */
export async function hasFlow(actor: Actor, flowId: string): Promise<boolean> {
  if (!isUuid(flowId)) return false
  return (await db().select({ id: flows.id }).from(flows).where(mine(actor, flowId))).length > 0
}

const pageSize = 50

/** Flows whose name holds a text, letter case aside. */
const named = (q: string) => sql`position(lower(${q}) in lower(${flows.name})) > 0`

/** The account's flows, newest first, by keyset; `q` is a part of the name. */
export async function listFlows(actor: Actor, filters: FlowFilters = {}): Promise<FlowPage> {
  const { q, cursor, limit = pageSize } = filters
  const wanted = and(
    eq(flows.accountId, actor.accountId),
    q ? named(q) : undefined,
    cursor && isUuid(cursor) ? lt(flows.id, cursor) : undefined,
  )
  const rows = await db()
    .select({
      id: flows.id,
      name: flows.name,
      enabled: flows.enabled,
      liveVersion: flows.liveVersion,
      publishedAt: flowVersions.publishedAt,
      changed: sql<boolean>`${flows.draft}::text is distinct from ${flowVersions.document}::text`,
      sources: sql<number>`(select count(*)::int from ${sources} where ${sources.flowId} = ${flows.id})`,
      buyerSteps: sql<number>`jsonb_array_length(jsonb_path_query_array(${flows.draft}::jsonb, 'strict $.steps.** ? (@.type == "buyer")'))`,
      createdAt: flows.createdAt,
      draftSavedAt: flows.draftSavedAt,
    })
    .from(flows)
    .leftJoin(flowVersions, liveVersion)
    .where(wanted)
    .orderBy(desc(flows.id))
    .limit(limit + 1)
  const data = rows.slice(0, limit).map((row) => ({
    ...row,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    draftSavedAt: row.draftSavedAt.toISOString(),
  }))
  const last = data.at(-1)
  return { data, ...(rows.length > limit && last && { nextCursor: last.id }) }
}

/** The names of all flows of the account, newest first, for choosing one. */
export async function listFlowNames(actor: Actor): Promise<{ id: string; name: string }[]> {
  return db()
    .select({ id: flows.id, name: flows.name })
    .from(flows)
    .where(eq(flows.accountId, actor.accountId))
    .orderBy(desc(flows.id))
}

/** The sources of one flow of the account, oldest first; none for a flow that is not the account's. */
export async function listSources(actor: Actor, flowId: string): Promise<SourceView[]> {
  if (!isUuid(flowId)) return []
  const rows = await db()
    .select()
    .from(sources)
    .where(and(eq(sources.flowId, flowId), eq(sources.accountId, actor.accountId)))
    .orderBy(asc(sources.id))
  return rows.map(viewSource)
}

async function secretsOf(accountId: string, document: FlowDocument): Promise<FlowView['secrets']> {
  const summaries = Object.entries(await describeSecrets(accountId, secretRefsIn(FlowDocument, document)))
  return Object.fromEntries(
    summaries.map(([ref, { lastFour, updatedAt }]) => [ref, { lastFour, updatedAt: updatedAt.toISOString() }]),
  )
}

async function readFlow(actor: Actor, flowId: string) {
  if (!isUuid(flowId)) return undefined
  const [row] = await db()
    .select({
      flow: flows,
      document: flowVersions.document,
      publishedAt: flowVersions.publishedAt,
      savedBy: users.name,
    })
    .from(flows)
    .leftJoin(users, eq(users.id, flows.draftSavedBy))
    .leftJoin(flowVersions, liveVersion)
    .where(mine(actor, flowId))
  return row
}

/** Everything the editor shows of a flow: draft with problems, sources, how each buyer step stands, what would change. */
export async function getFlow(actor: Actor, flowId: string): Promise<Result<FlowView>> {
  const row = await readFlow(actor, flowId)
  if (!row) return err(notFound('Flow'))
  const { flow, document: live } = row
  const [switches, sourceViews] = await Promise.all([switchesOf(db(), flow.id), listSources(actor, flow.id)])
  const [draft, present, secrets] = await Promise.all([
    resolveTargets(db(), flow, flow.draft, switches),
    live ? resolveTargets(db(), flow, live, switches) : undefined,
    secretsOf(actor.accountId, flow.draft),
  ])
  const steps = await withCircuits(db(), flow, draft)
  return ok({
    id: flow.id,
    name: flow.name,
    enabled: flow.enabled,
    timeZone: flow.timeZone,
    draft: flow.draft,
    draftSavedAt: flow.draftSavedAt.toISOString(),
    draftSavedBy: flow.draftSavedBy && row.savedBy ? { id: flow.draftSavedBy, name: row.savedBy } : null,
    draftRevision: flow.draftRevision,
    problems: problemsOf(flowFacts(flow, actor.accountName), flow.draft, draft),
    steps,
    liveVersion: flow.liveVersion,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    live,
    liveSteps: present?.states ?? [],
    changes: diffDocuments(live ?? undefined, flow.draft),
    sources: sourceViews,
    secrets,
    createdAt: flow.createdAt.toISOString(),
  })
}

/** The published versions of a flow, newest first, each with what it changed. */
export async function listVersions(actor: Actor, flowId: string): Promise<Result<FlowVersionView[]>> {
  const row = await readFlow(actor, flowId)
  if (!row) return err(notFound('Flow'))
  const rows = await db()
    .select({
      version: flowVersions.version,
      document: flowVersions.document,
      publishedAt: flowVersions.publishedAt,
      publishedBy: users.name,
    })
    .from(flowVersions)
    .leftJoin(users, eq(users.id, flowVersions.publishedBy))
    .where(eq(flowVersions.flowId, row.flow.id))
    .orderBy(asc(flowVersions.version))
  let before: FlowDocument | undefined
  const views = rows.map(({ document, publishedAt, ...rest }): FlowVersionView => {
    const changes = diffDocuments(before, document)
    before = document
    return { ...rest, live: rest.version === row.flow.liveVersion, publishedAt: publishedAt.toISOString(), changes }
  })
  return ok(views.reverse())
}
