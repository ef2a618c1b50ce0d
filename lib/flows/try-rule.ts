import { and, eq } from 'drizzle-orm'
import { db } from '../../db/client'
import { flows } from '../../db/schema/index'
import type { Actor } from '../actor'
import { now } from '../clock'
import { maskedTypes, type RuleTrial, tryRule as tryInEngine } from '../engine/index'
import { notFound } from '../errors'
import { isUuid } from '../ids'
import { parseInput } from '../input'
import { getLead } from '../leads/index'
import type { LeadDetail } from '../leads/schema'
import { err, ok, type Result } from '../result'
import { flowFacts } from './own-flow'
import { resourcesFor } from './resources'
import { TryRuleInput } from './schema'

/** A lead's values as they were sent; what is sealed stays in the log. */
function valuesOf({ data }: LeadDetail): Record<string, unknown> {
  const open = Object.entries(data).filter(([, { type }]) => !maskedTypes.has(type))
  return Object.fromEntries(open.map(([name, packed]) => [name, 'raw' in packed ? packed.raw : packed.value]))
}

const aboutLead = (lead: LeadDetail | undefined, nowMs: number) => ({
  receivedAt: lead ? Date.parse(lead.receivedAt) : nowMs,
  submission: { ip: lead?.submission?.ip ?? '192.0.2.1', userAgent: lead?.submission?.userAgent ?? 'Mozilla/5.0' },
  source: { id: '', name: lead?.sourceName ?? 'Sample source' },
})

/**
 * Tries a rule on a lead of the account, or on the sample lead, with some values changed; nothing is saved or sent.
 * What is wrong with the rule comes back beside it.
 */
export async function tryRule(actor: Actor, input: unknown): Promise<Result<RuleTrial>> {
  const parsed = parseInput(TryRuleInput, input)
  if (!parsed.ok) return parsed
  const { flowId, rule, leadId, values } = parsed.value
  const [flow] = isUuid(flowId)
    ? await db()
        .select()
        .from(flows)
        .where(and(eq(flows.id, flowId), eq(flows.accountId, actor.accountId)))
    : []
  if (!flow) return err(notFound('Flow'))
  const lead = leadId === undefined ? undefined : await getLead(actor, leadId)
  if (lead && !lead.ok) return lead
  const nowMs = now()
  return ok(
    tryInEngine({
      rule,
      document: flow.draft,
      flow: flowFacts(flow, actor.accountName),
      resources: await resourcesFor(db(), actor.accountId, [rule]),
      values: { ...(lead && valuesOf(lead.value)), ...values },
      isSample: lead === undefined,
      about: aboutLead(lead?.value, nowMs),
      now: nowMs,
    }),
  )
}
