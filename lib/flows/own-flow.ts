import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { flows, flowVersions } from '../../db/schema/index'
import type { Actor } from '../actor'
import type { FlowDocument } from '../engine/index'
import { notFound } from '../errors'
import { isUuid } from '../ids'
import { err, ok, type Result } from '../result'

export type OwnFlow = typeof flows.$inferSelect

/** The actor's flow, locked until the transaction ends: changes of one flow follow each other. */
export async function lockFlow(tx: Tx, actor: Actor, flowId: string): Promise<Result<OwnFlow>> {
  if (!isUuid(flowId)) return err(notFound('Flow'))
  const [row] = await tx
    .select()
    .from(flows)
    .where(and(eq(flows.id, flowId), eq(flows.accountId, actor.accountId)))
    .for('update')
  return row ? ok(row) : err(notFound('Flow'))
}

/** The document of one published version of a flow that is already known to be the actor's. */
export async function versionDocument(
  tx: Tx,
  flow: OwnFlow,
  version: number | null,
): Promise<FlowDocument | undefined> {
  if (version === null) return undefined
  const [row] = await tx
    .select({ document: flowVersions.document })
    .from(flowVersions)
    .where(and(eq(flowVersions.flowId, flow.id), eq(flowVersions.version, version)))
  return row?.document
}

/** What changes in a flow when its draft does. */
export const newDraft = (actor: Actor, draft: FlowDocument) => ({
  draft,
  draftSavedAt: new Date(),
  draftSavedBy: actor.userId ?? null,
  draftRevision: sql`${flows.draftRevision} + 1`,
})

/** What the engine knows of a flow. */
export const flowFacts = (
  flow: { id: string; accountId: string; name: string; timeZone: string },
  accountName: string,
) => ({
  id: flow.id,
  accountId: flow.accountId,
  accountName,
  name: flow.name,
  timeZone: flow.timeZone,
})
