import { and, eq } from 'drizzle-orm'
import { db } from '../../db/client'
import { flows, sources } from '../../db/schema/index'
import type { Actor } from '../actor'
import { listAudit } from '../audit/index'
import { notFound } from '../errors'
import { isUuid } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { gatherHistory } from './gather-history'
import { FlowHistoryInput, type HistoryPage } from './schema'

/** What the audit log files under a flow: the flow, its sources, and its steps by id. */
async function subjectsOf(actor: Actor, flowId: string, stepId: string | undefined): Promise<string[] | undefined> {
  const [flow] = await db()
    .select({ draft: flows.draft })
    .from(flows)
    .where(and(eq(flows.id, flowId), eq(flows.accountId, actor.accountId)))
  if (!flow) return undefined
  if (stepId !== undefined) return [flowId, `${flowId}/${stepId}`]
  const own = await db().select({ id: sources.id }).from(sources).where(eq(sources.flowId, flowId))
  return [flowId, ...own.map(({ id }) => id), ...flow.draft.steps.map(({ id }) => `${flowId}/${id}`)]
}

/**
 * Who changed what of a flow, newest first; with a `stepId` of that step only. Saves of one person that follow each
 * other are told as one. A page may be short: `nextCursor` says whether there is more.
 */
export async function flowHistory(actor: Actor, input: unknown): Promise<Result<HistoryPage>> {
  const parsed = parseInput(FlowHistoryInput, input)
  if (!parsed.ok) return parsed
  const { flowId, stepId, cursor } = parsed.value
  const subjects = isUuid(flowId) ? await subjectsOf(actor, flowId, stepId) : undefined
  if (!subjects) return err(notFound('Flow'))
  const page = await listAudit(actor, { subjects, ...(cursor && { cursor }) })
  const entries = gatherHistory(page.entries, stepId)
  return ok({ entries, ...(page.nextCursor && { nextCursor: page.nextCursor }) })
}
