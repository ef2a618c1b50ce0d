import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Executor } from '../../db/client'
import { flows, flowVersions, stepSwitches } from '../../db/schema/index'
import { type FlowDocument, pingFields } from '../engine/index'
import { linksOfSteps, type Placed } from './links'
import type { InviteStepOf, StepLink } from './rules'
import type { InviteStep } from './schema'

type Fields = FlowDocument['fields']
type FlowRow = {
  id: string
  accountId: string
  name: string
  live: InviteStepOf[] | null
  liveFields: Fields | null
  draft: InviteStepOf[]
  draftFields: Fields
}
type PlacedStep = Placed & { flow: FlowRow; in: 'live' | 'draft' }

const invitedIn = (document: typeof flows.draft | typeof flowVersions.document) =>
  sql`jsonb_path_query_array(${document}::jsonb, 'strict $.** ? (@.type == "buyer" && @.connection.method == "invite")')`

const fieldsIn = (document: typeof flows.draft | typeof flowVersions.document) => sql`${document}::jsonb -> 'fields'`

async function readFlows(exec: Executor, accountIds: string[]): Promise<FlowRow[]> {
  return exec
    .select({
      id: flows.id,
      accountId: flows.accountId,
      name: flows.name,
      draft: sql<InviteStepOf[]>`${invitedIn(flows.draft)}`,
      draftFields: sql<Fields>`${fieldsIn(flows.draft)}`,
      live: sql<InviteStepOf[] | null>`${invitedIn(flowVersions.document)}`,
      liveFields: sql<Fields | null>`${fieldsIn(flowVersions.document)}`,
    })
    .from(flows)
    .leftJoin(flowVersions, and(eq(flowVersions.flowId, flows.id), eq(flowVersions.version, flows.liveVersion)))
    .where(inArray(flows.accountId, accountIds))
    .orderBy(flows.id)
}

function place(flow: FlowRow): PlacedStep[] {
  const live = flow.live ?? []
  const known = new Set(live.map((step) => step.id))
  const draft = flow.draft.filter((step) => !known.has(step.id))
  return [
    ...live.map((step): PlacedStep => ({ flow, step, in: 'live' })),
    ...draft.map((step): PlacedStep => ({ flow, step, in: 'draft' })),
  ]
}

function toldIn(flow: FlowRow, { connection }: InviteStepOf, where: PlacedStep['in']): string[] {
  const types = new Map((where === 'live' ? flow.liveFields : flow.draftFields)?.map(({ name, type }) => [name, type]))
  return pingFields(connection, (name) => types.get(name))
}

function view(
  { flow, step, in: where }: PlacedStep,
  link: StepLink | undefined,
  switched: boolean | undefined,
): InviteStep {
  return {
    flowId: flow.id,
    flowName: flow.name,
    stepId: step.id,
    stepName: step.name,
    in: where,
    active: switched ?? step.rules.active,
    sharedFields: step.connection.shared_fields,
    pingFields: toldIn(flow, step, where),
    timeoutSeconds: step.delivery.timeout_seconds,
    ...(link?.connection && { connectionId: link.connection.id }),
    ...(link?.invitation && { invitationId: link.invitation.id }),
  }
}

/**
 * The invited buyer steps of these accounts' flows: those that take leads now, then those that stand in a draft only.
 * Lets a connection say which steps deliver through it. Asks for no actor: the caller has made sure that it may know.
 */
export async function listInviteSteps(exec: Executor, accountIds: string[]): Promise<InviteStep[]> {
  if (!accountIds.length) return []
  const placed = (await readFlows(exec, accountIds)).flatMap(place)
  if (!placed.length) return []
  const links = await linksOfSteps(exec, placed)
  const rows = await exec.select().from(stepSwitches).where(inArray(stepSwitches.accountId, accountIds))
  const switches = new Map(rows.map((row) => [`${row.flowId}/${row.stepId}`, row.active]))
  return placed.map((each, index) => view(each, links[index], switches.get(`${each.flow.id}/${each.step.id}`)))
}
