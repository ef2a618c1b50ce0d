import { eq } from 'drizzle-orm'
import { db } from '../../db/client'
import { sources } from '../../db/schema/index'
import { describeRule, type FieldType, usualBidSeconds } from '../engine/index'
import { env } from '../env'
import { isUuid } from '../ids'
import { loadFlow } from './load-flow'

/** What a sender needs to know of a source: nothing of buyers, prices or steps. */
export type SourceDocs = {
  seller: string
  flow: string
  source: string
  submitUrl: string
  /** Where the result of a pending lead is asked for. */
  resultUrl: string
  /** The source has a webhook that is told the end of a pending lead. */
  isTold: boolean
  /** Where bids are asked for, and how long they are honoured; absent where they are not made. */
  pings?: { url: string; validSeconds: number }
  needsKey: boolean
  takesLeads: boolean
  fields: { name: string; label?: string; type: FieldType; required: boolean }[]
  /** Criteria in words, of the flow and of the source. */
  criteria: string[]
}

/** The submission docs of a source, for whoever has its address. `undefined` when there is no such source. */
export async function findSourceDocs(flowId: string, sourceId: string): Promise<SourceDocs | undefined> {
  if (!isUuid(flowId) || !isUuid(sourceId)) return undefined
  const [row] = await db().select({ flowId: sources.flowId }).from(sources).where(eq(sources.id, sourceId))
  const loaded = row?.flowId === flowId.toLowerCase() ? await loadFlow(flowId) : undefined
  const source = loaded?.sources.get(sourceId.toLowerCase())
  if (!loaded || !source) return undefined
  const { flow, live } = loaded
  const document = live?.document
  const base = `${env().baseUrl}/flows/${flow.id}/sources/${source.id}`
  const rules = [document?.acceptance?.rule, source.settings.acceptance?.rule]
  const { pings } = source.settings
  return {
    seller: flow.accountName,
    flow: flow.name,
    source: source.name,
    submitUrl: `${base}/submit`,
    resultUrl: `${base}/leads/{lead_id}`,
    isTold: source.settings.webhook !== undefined,
    ...(pings?.allowed !== false && {
      pings: { url: `${base}/ping`, validSeconds: pings?.valid_seconds ?? usualBidSeconds },
    }),
    needsKey: source.authenticationRequired,
    takesLeads: flow.enabled && source.enabled && live !== undefined,
    fields: (document?.fields ?? []).map(({ name, label, type, required }) => ({
      name,
      ...(label !== undefined && { label }),
      type,
      required: required ?? false,
    })),
    criteria: rules.flatMap((rule) =>
      rule === undefined ? [] : [describeRule(rule, document, live?.compiled.resources)],
    ),
  }
}
