import { and, eq } from 'drizzle-orm'
import { db } from '../../db/client'
import { flows, sources } from '../../db/schema/index'
import type { Actor } from '../actor'
import { now } from '../clock'
import { type Nested, previewSubmission as preview, type SubmissionPreview } from '../engine/index'
import { notFound } from '../errors'
import { isUuid } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { PreviewSubmissionInput } from './schema'

/** The names of a source of this flow; none without a source, `undefined` when there is no such source. */
async function mappingsOf(flowId: string, sourceId: string | undefined) {
  if (sourceId === undefined) return []
  const [row] = isUuid(sourceId)
    ? await db()
        .select({ settings: sources.settings })
        .from(sources)
        .where(and(eq(sources.id, sourceId), eq(sources.flowId, flowId)))
    : []
  return row?.settings.mappings
}

async function draftOf(actor: Actor, flowId: string) {
  if (!isUuid(flowId)) return undefined
  const mine = and(eq(flows.id, flowId), eq(flows.accountId, actor.accountId))
  const [flow] = await db().select({ draft: flows.draft }).from(flows).where(mine)
  return flow?.draft
}

/**
 * Says what a submission would become: where each name goes, the value as its type reads it, and what would refuse the
 * lead. By the draft of the flow and the mappings of the source; parts given beside them stand in their place, so that
 * a form shows what it has not saved. Nothing is kept.
 */
export async function previewSubmission(actor: Actor, input: unknown): Promise<Result<SubmissionPreview>> {
  const parsed = parseInput(PreviewSubmissionInput, input)
  if (!parsed.ok) return parsed
  const { flowId, sourceId, submitted, fields, flowMappings, sourceMappings, country } = parsed.value
  const draft = await draftOf(actor, flowId)
  if (!draft) return err(notFound('The flow'))
  const mappings = sourceMappings ?? (await mappingsOf(flowId, sourceId))
  if (!mappings) return err(notFound('The source'))
  const from = country === undefined ? draft.country : country
  const document = {
    fields: fields ?? draft.fields,
    mappings: flowMappings ?? draft.mappings,
    ...(from && { country: from }),
  }
  return ok(preview(document, { mappings }, submitted as Nested, now()))
}
