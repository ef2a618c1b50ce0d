import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import type { Actor } from '../actor'
import { type BuyerStep, type FlowDocument, placedBuyers } from '../engine/index'
import { parseInput } from '../input'
import type { Result } from '../result'
import { whoIs } from './access'
import { type QueueReport, ReassignInput } from './schema'
import { type Checked, type HeldLead, wishFor } from './wish'

/** A step of this id in each of the versions that the leads run on; version 0 is the draft, which test leads run. */
async function findSteps(tx: Tx, rows: HeldLead[], stepId: string): Promise<Map<string, BuyerStep>> {
  const flowIds = JSON.stringify([...new Set(rows.map(({ flowId }) => flowId))])
  const versions = JSON.stringify([...new Set(rows.map(({ version }) => version))])
  const found = await tx.execute<{ flow_id: string; version: number; document: FlowDocument }>(sql`
    select f.id as flow_id, n.version, coalesce(v.document, f.draft) as document from flows f
    join (select value::int as version from json_array_elements_text(${versions}::json)) n on true
    left join flow_versions v on v.flow_id = f.id and v.version = n.version
    where f.id in (select value::uuid from json_array_elements_text(${flowIds}::json))
      and (n.version = 0 or v.version is not null)`)
  const steps = new Map<string, BuyerStep>()
  for (const { flow_id: flowId, version, document } of found) {
    const step = placedBuyers(document).find((buyer) => buyer.step.id === stepId)?.step
    if (step) steps.set(`${flowId} ${version}`, step)
  }
  return steps
}

const connectionOf = ({ connection }: BuyerStep) =>
  connection.method === 'invite' ? connection.connection_id : undefined

/** Leads that have reached the step, or another one of the same buyer, whether or not anybody knows the end. */
async function findHolders(tx: Tx, actor: Actor, leadIds: string[], stepId: string, connectionIds: string[]) {
  const oldest = leadIds.toSorted()[0] ?? ''
  const rows = await tx.execute<{ lead_id: string }>(sql`
    select distinct lead_id from events
    where account_id = ${actor.accountId} and id >= ${oldest}::uuid and type = 'delivery'
      and outcome in ('accepted', 'unknown')
      and lead_id in (select value::uuid from json_array_elements_text(${JSON.stringify(leadIds)}::json))
      and (step_id = ${stepId}
        or connection_id in (select value::uuid from json_array_elements_text(${JSON.stringify(connectionIds)}::json)))`)
  return new Set(rows.map(({ lead_id: id }) => id))
}

async function check(tx: Tx, actor: Actor, rows: HeldLead[], stepId: string): Promise<Checked> {
  const steps = await findSteps(tx, rows, stepId)
  const connectionIds = [...steps.values()].flatMap((step) => connectionOf(step) ?? [])
  const ids = rows.map(({ leadId }) => leadId)
  const holders = await findHolders(tx, actor, ids, stepId, connectionIds)
  const refused = new Map<string, string>()
  for (const { leadId, flowId, version, stepId: own } of rows) {
    const step = steps.get(`${flowId} ${version}`)
    if (!step) refused.set(leadId, 'The version of the flow that it began with has no such buyer step')
    else if (own === stepId) refused.set(leadId, `It waits for ${step.name} already: release it instead`)
    else if (holders.has(leadId)) refused.set(leadId, `${step.name} has it already, or may have it`)
  }
  const [any] = steps.values()
  return { refused, ...(any && { name: any.name }) }
}

/**
 * Offers waiting leads to another buyer step of their flow next, by that step's own rules. Whoever does not take it
 * leaves it waiting for whom it waited before. A buyer that has the lead, or may have it, does not get it again.
 */
export async function reassignLeads(actor: Actor, input: unknown, tx?: Tx): Promise<Result<QueueReport>> {
  const parsed = parseInput(ReassignInput, input)
  if (!parsed.ok) return parsed
  const { leadIds, stepId } = parsed.value
  const wish = {
    set: { wish: 'reassign' as const, wishStepId: stepId },
    check: (run: Tx, rows: HeldLead[]) => check(run, actor, rows, stepId),
    deed: (name = stepId) => ({
      outcome: 'reassigned',
      action: 'queue.reassign',
      reason: `Sent to ${name} by ${whoIs(actor)}`,
      more: { buyer: name },
    }),
  }
  return wishFor(actor, leadIds, wish, tx)
}
