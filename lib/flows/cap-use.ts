import { and, eq, inArray } from 'drizzle-orm'
import { db } from '../../db/client'
import { counters, flows, flowVersions } from '../../db/schema/index'
import type { Actor } from '../actor'
import { capOwner, capsOf, type FlowDocument, type Need, needsOf, placedBuyers } from '../engine/index'
import type { Caps } from '../engine/schema'
import { notFound } from '../errors'
import { isUuid } from '../ids'
import { err, ok, type Result } from '../result'
import { listSources } from './queries'
import type { CapUse } from './schema'

/** Somebody with caps: as they count now, and as the draft has them. */
type Capped = Pick<CapUse, 'of' | 'id' | 'name'> & { owner: string; live?: Caps | undefined; draft?: Caps | undefined }

const capsOfSteps = (document: FlowDocument | null) =>
  new Map(
    (document ? placedBuyers(document) : []).map(({ step }) => [
      step.id,
      { name: step.name, caps: step.conditional_delivery?.caps },
    ]),
  )

/** Everybody in a flow who may have caps, those that a draft adds or takes away too. */
function cappedOf(flow: { id: string; name: string }, live: FlowDocument | null, draft: FlowDocument): Capped[] {
  const [now, then] = [capsOfSteps(live), capsOfSteps(draft)]
  const steps = [...new Set([...then.keys(), ...now.keys()])].map((id): Capped => {
    const name = then.get(id)?.name ?? now.get(id)?.name ?? id
    return {
      ...{ of: 'step', id, name, owner: capOwner.step(flow.id, id) },
      ...{ live: now.get(id)?.caps, draft: then.get(id)?.caps },
    }
  })
  const whole: Capped = {
    ...{ of: 'flow', id: flow.id, name: flow.name, owner: capOwner.flow(flow.id) },
    ...{ live: live?.caps, draft: draft.caps },
  }
  return [whole, ...steps]
}

function needsIn(caps: Caps | undefined, { owner, of }: Capped, zone: string, now: number): Map<string, Need> {
  const compiled = capsOf(caps, zone)
  const needs = compiled ? needsOf(compiled, owner, 0, now) : []
  // Flows and sources count leads only: they have no price.
  return new Map(needs.filter(({ unit }) => unit === 'leads' || of === 'step').map((need) => [need.key, need]))
}

type Row = { key: string; use: Omit<CapUse, 'used'> }

function rowsOf(capped: Capped, zone: string, now: number): Row[] {
  const live = needsIn(capped.live, capped, zone, now)
  const draft = needsIn(capped.draft, capped, zone, now)
  return [...new Map([...live, ...draft])].map(([key, { unit, period, timeZone, resetsAt }]) => ({
    key,
    use: {
      ...{ of: capped.of, id: capped.id, name: capped.name, unit, period, timeZone },
      limit: live.get(key)?.limit ?? null,
      draftLimit: draft.get(key)?.limit ?? null,
      resetsAt: new Date(resetsAt).toISOString(),
    },
  }))
}

/**
 * What is taken from each cap of a flow, its sources and its buyer steps in the minute, hour, day, week or month that
 * runs now; caps that are only in the draft too. A flow that is not the actor's is not found.
 * @param now Unix milliseconds.
 */
export async function listCapUse(actor: Actor, flowId: string, now: number): Promise<Result<CapUse[]>> {
  if (!isUuid(flowId)) return err(notFound('Flow'))
  const [row] = await db()
    .select({
      id: flows.id,
      name: flows.name,
      timeZone: flows.timeZone,
      draft: flows.draft,
      live: flowVersions.document,
    })
    .from(flows)
    .leftJoin(flowVersions, and(eq(flowVersions.flowId, flows.id), eq(flowVersions.version, flows.liveVersion)))
    .where(and(eq(flows.id, flowId), eq(flows.accountId, actor.accountId)))
  if (!row) return err(notFound('Flow'))
  const sources = (await listSources(actor, flowId)).map(({ id, name, settings: { caps } }): Capped => {
    return { of: 'source', id, name, owner: capOwner.source(id), live: caps, draft: caps }
  })
  const rows = [...cappedOf(row, row.live, row.draft), ...sources].flatMap((one) => rowsOf(one, row.timeZone, now))
  const keys = rows.map(({ key }) => key)
  const taken =
    keys.length === 0
      ? []
      : await db()
          .select({ key: counters.key, used: counters.used })
          .from(counters)
          .where(and(eq(counters.accountId, actor.accountId), inArray(counters.key, keys)))
  const used = new Map(taken.map((counter) => [counter.key, counter.used]))
  return ok(rows.map(({ key, use }) => ({ ...use, used: used.get(key) ?? 0 })))
}
