import { and, eq } from 'drizzle-orm'
import type { Executor, Tx } from '../../db/client'
import { flows, flowVersions, sources } from '../../db/schema/index'
import type { Actor } from '../actor'
import { type FlowDocument, placedBuyers } from '../engine/index'
import { listInviteSteps } from '../flows/index'
import type { PartnerRow } from './own-partner'
import type { PartnerSummary, PartnerUse } from './schema'

type Partner = Pick<PartnerRow, 'id' | 'accountId'>

const stepsNaming = (document: FlowDocument | null, id: string) =>
  (document ? placedBuyers(document) : []).flatMap(({ step }) =>
    step.partner_id === id ? [{ stepId: step.id, name: step.name }] : [],
  )

/** Steps that name the partner: those that take leads now, then those that stand in a draft only. */
async function namingSteps(exec: Executor, { id, accountId }: Partner): Promise<PartnerUse[]> {
  const rows = await exec
    .select({ id: flows.id, name: flows.name, draft: flows.draft, live: flowVersions.document })
    .from(flows)
    .leftJoin(flowVersions, and(eq(flowVersions.flowId, flows.id), eq(flowVersions.version, flows.liveVersion)))
    .where(eq(flows.accountId, accountId))
    .orderBy(flows.id)
  return rows.flatMap((flow) => {
    const use = { kind: 'step' as const, flowId: flow.id, flowName: flow.name }
    const live = stepsNaming(flow.live, id)
    const draft = stepsNaming(flow.draft, id).filter(({ stepId }) => !live.some((step) => step.stepId === stepId))
    return [
      ...live.map((step) => ({ ...use, ...step, live: true })),
      ...draft.map((step) => ({ ...use, ...step, live: false })),
    ]
  })
}

async function connectedSteps(
  exec: Executor,
  { accountId }: Partner,
  connected: PartnerSummary['connections'],
): Promise<PartnerUse[]> {
  if (connected.length === 0) return []
  const ids = new Set(connected.map(({ id }) => id))
  const steps = await listInviteSteps(exec, [accountId])
  return steps.flatMap(({ flowId, flowName, stepId, stepName, connectionId, in: where }): PartnerUse[] =>
    ids.has(connectionId ?? '')
      ? [{ kind: 'step', flowId, flowName, stepId, name: stepName, live: where === 'live' }]
      : [],
  )
}

async function namingSources(exec: Executor, { id, accountId }: Partner): Promise<PartnerUse[]> {
  const rows = await exec
    .select({ id: sources.id, name: sources.name, settings: sources.settings, flowId: flows.id, flowName: flows.name })
    .from(sources)
    .innerJoin(flows, eq(flows.id, sources.flowId))
    .where(eq(sources.accountId, accountId))
    .orderBy(sources.id)
  return rows.flatMap(({ id: sourceId, name, settings, flowId, flowName }): PartnerUse[] =>
    settings.partner_id === id ? [{ kind: 'source', sourceId, name, flowId, flowName, live: true }] : [],
  )
}

const placeOf = (use: PartnerUse) => `${use.flowId} ${use.kind === 'step' ? use.stepId : use.sourceId}`

/** Steps and sources of the account that name a partner, and steps that deliver through its connections; each once. */
export async function usesOf(
  exec: Executor,
  partner: Partner,
  connected: PartnerSummary['connections'],
): Promise<PartnerUse[]> {
  const naming = await namingSteps(exec, partner)
  const uses = [...(await connectedSteps(exec, partner, connected)), ...naming, ...(await namingSources(exec, partner))]
  return [...new Map(uses.map((use) => [placeOf(use), use])).values()]
}

/** The account's flows, held so that none can be published, or its sources changed, until the transaction ends. */
export async function holdFlows(tx: Tx, actor: Actor): Promise<void> {
  await tx
    .select({ id: flows.id })
    .from(flows)
    .where(eq(flows.accountId, actor.accountId))
    .orderBy(flows.id)
    .for('update')
}
