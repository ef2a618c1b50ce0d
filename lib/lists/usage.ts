import { and, eq } from 'drizzle-orm'
import type { Executor, Tx } from '../../db/client'
import { flows, flowVersions, sources } from '../../db/schema/index'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { lookupsOf } from '../engine/index'
import type { ListUse } from './schema'

type Named = { id: string; name: string; accountId: string }

type Uses = (document: unknown, list: Named) => boolean

/** A rule compares with the list's values, which are held in memory. */
const compares: Uses = (document, { id, name }) => {
  const { lists } = lookupsOf([document])
  return lists.has(id) || lists.has(name.toLowerCase())
}
const asks: Uses = (document, { id }) => lookupsOf([document]).asked.has(id)
const namesIt: Uses = (document, list) => compares(document, list) || asks(document, list)

/** Flows, and sources of them, whose rules or steps name a list. A source's rules are live as they stand. */
export async function usesOf(exec: Executor, list: Named, names: Uses = namesIt): Promise<ListUse[]> {
  const rows = await exec
    .select({ id: flows.id, name: flows.name, draft: flows.draft, live: flowVersions.document })
    .from(flows)
    .leftJoin(flowVersions, and(eq(flowVersions.flowId, flows.id), eq(flowVersions.version, flows.liveVersion)))
    .where(eq(flows.accountId, list.accountId))
    .orderBy(flows.id)
  const ofSources = await exec
    .select({ flowId: sources.flowId, name: sources.name, settings: sources.settings })
    .from(sources)
    .where(eq(sources.accountId, list.accountId))
  return rows.flatMap((flow): ListUse[] => {
    const use = { flowId: flow.id, flowName: flow.name }
    const using = ofSources.filter((source) => source.flowId === flow.id && names(source.settings, list))
    const isLive = flow.live !== null && names(flow.live, list)
    return [
      ...(isLive ? [{ ...use, live: true }] : names(flow.draft, list) ? [{ ...use, live: false }] : []),
      ...using.map((source) => ({ ...use, live: true, sourceName: source.name })),
    ]
  })
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

/** Flows whose live rules compare with the list load it anew; one that only waits for use, or is asked, disturbs none. */
export async function tellFlows(tx: Tx, list: Named): Promise<void> {
  if ((await usesOf(tx, list, compares)).some(({ live }) => live)) await touchConfig(tx, [list.accountId])
}
