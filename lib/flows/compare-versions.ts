import { and, eq } from 'drizzle-orm'
import { db } from '../../db/client'
import { flows, flowVersions } from '../../db/schema/index'
import type { Actor } from '../actor'
import type { FlowDocument } from '../engine/index'
import { notFound } from '../errors'
import { isUuid } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { diffDocuments } from './diff-documents'
import { type Change, CompareVersionsInput, type VersionName } from './schema'

async function documentOf(
  flowId: string,
  draft: FlowDocument,
  version: VersionName,
): Promise<FlowDocument | undefined> {
  if (version === 'draft') return draft
  const [row] = await db()
    .select({ document: flowVersions.document })
    .from(flowVersions)
    .where(and(eq(flowVersions.flowId, flowId), eq(flowVersions.version, version)))
  return row?.document
}

/** What lies between two versions of a flow, either of which may be the draft. */
export async function compareVersions(actor: Actor, input: unknown): Promise<Result<{ changes: Change[] }>> {
  const parsed = parseInput(CompareVersionsInput, input)
  if (!parsed.ok) return parsed
  const { flowId, from, to } = parsed.value
  if (!isUuid(flowId)) return err(notFound('Flow'))
  const [flow] = await db()
    .select({ draft: flows.draft })
    .from(flows)
    .where(and(eq(flows.id, flowId), eq(flows.accountId, actor.accountId)))
  if (!flow) return err(notFound('Flow'))
  const [before, after] = await Promise.all([documentOf(flowId, flow.draft, from), documentOf(flowId, flow.draft, to)])
  if (!before || !after) return err(notFound('Version'))
  return ok({ changes: diffDocuments(before, after) })
}
