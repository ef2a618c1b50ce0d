import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Tx } from '../../db/client'
import { deadLetters } from '../../db/schema/index'
import { transact } from '../../db/transact'
import type { Actor } from '../actor'
import { type FlowDocument, placedBuyers } from '../engine/index'
import { conflict, notFound } from '../errors'
import { isUuid } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { noteLive } from '../runs/index'
import { mayWorkQueue, whoIs } from './access'
import { logDeed } from './log-wishes'
import { mostReplayed, ReplayInput, type ReplayReport } from './schema'
import { ownLeads } from './wish'

type Given = z.output<typeof ReplayInput>
type Ended = { leadId: string; flowId: string; sourceId: string; stepId: string; name: string; stepIds: string[] }

const columns = {
  leadId: deadLetters.leadId,
  flowId: deadLetters.flowId,
  sourceId: deadLetters.sourceId,
  stepId: deadLetters.stepId,
  name: deadLetters.name,
  stepIds: sql<string[]>`(
    select coalesce(json_agg(s.value ->> 'stepId'), '[]')
    from json_array_elements(${deadLetters.state}::json #> '{run,again,steps}') as s)`,
}

/** Of a range, what is switched off stays behind: it would stand before all others. */
const isOn = sql`exists (
  select from flows f join sources s on s.flow_id = f.id
  where f.id = ${deadLetters.flowId} and s.id = ${deadLetters.sourceId} and f.enabled and s.enabled)`

/** Locked until the transaction ends; whoever comes second finds them gone. Oldest leads first, one more than go. */
function lockEnded(tx: Tx, actor: Actor, { leadIds, flowId, from, to }: Given): Promise<Ended[]> {
  return tx
    .select(columns)
    .from(deadLetters)
    .where(
      and(
        eq(deadLetters.accountId, actor.accountId),
        leadIds ? inArray(deadLetters.leadId, leadIds) : isOn,
        flowId === undefined ? undefined : eq(deadLetters.flowId, flowId),
        from === undefined ? undefined : gte(deadLetters.endedAt, new Date(from)),
        to === undefined ? undefined : lt(deadLetters.endedAt, new Date(to)),
      ),
    )
    .orderBy(asc(deadLetters.leadId))
    .limit(mostReplayed + 1)
    .for('update')
}

type Flow = { id: string; enabled: boolean; document: FlowDocument | null; sources: string[] }

/** Why these leads can't be tried again now, by what is switched on and published today. */
async function obstacles(tx: Tx, rows: Ended[]): Promise<Map<string, string>> {
  const ids = JSON.stringify([...new Set(rows.map(({ flowId }) => flowId))])
  const flows = await tx.execute<Flow>(sql`
    select f.id, f.enabled, v.document,
      (select coalesce(json_agg(s.id), '[]') from sources s where s.flow_id = f.id and s.enabled) as sources
    from flows f left join flow_versions v on v.flow_id = f.id and v.version = f.live_version
    where f.id in (select value::uuid from json_array_elements_text(${ids}::json))`)
  const flowOf = new Map(
    flows.map(({ document, ...flow }) => {
      const steps = new Set(document ? placedBuyers(document).map(({ step }) => step.id) : [])
      return [flow.id, { ...flow, steps }] as const
    }),
  )
  const reasons = new Map<string, string>()
  for (const { leadId, flowId, sourceId, stepIds } of rows) {
    const flow = flowOf.get(flowId)
    if (!flow?.enabled || flow.steps.size === 0) reasons.set(leadId, 'Its flow is switched off')
    else if (!flow.sources.includes(sourceId)) reasons.set(leadId, 'Its source is switched off')
    else if (!stepIds.some((id) => flow.steps.has(id))) {
      reasons.set(leadId, 'No step that failed is in the live version of its flow')
    }
  }
  return reasons
}

/** They wait like held leads from now on, and are due at once: the worker takes them up, oldest first. */
const setGoing = (tx: Tx, leadIds: string[]) =>
  tx.execute(sql`
    with gone as (
      delete from dead_letters where lead_id in (select value::uuid from json_array_elements_text(${JSON.stringify(leadIds)}::json))
      returning lead_id, account_id, flow_id, source_id, step_id, name, reason, state)
    insert into held_leads (lead_id, account_id, flow_id, source_id, step_id, name, reason, due_at, wish, state)
    select lead_id, account_id, flow_id, source_id, step_id, name, reason, now(), 'replay', state from gone`)

async function whyMissing(tx: Tx, actor: Actor, { leadIds = [] }: Given, rows: Ended[]): Promise<Map<string, string>> {
  const there = new Set(rows.map(({ leadId }) => leadId))
  const missing = leadIds.map((id) => id.toLowerCase()).filter((id) => !there.has(id))
  const own = await ownLeads(tx, actor, missing)
  return new Map(
    missing.flatMap((id) =>
      own.has(id) ? [[id, 'It is not among the given up any more: it was just replayed'] as const] : [],
    ),
  )
}

function nothing(given: Given, reasons: Map<string, string>) {
  const [first] = reasons.values()
  if (first) return conflict(`${first}.`)
  return given.leadIds ? notFound('The lead') : conflict('There is nothing to replay in this range.')
}

/**
 * Tries leads again that were given up: as a new run with attempts of their own, by the steps that failed, as the flow is
 * published now. Each goes once, whoever asks how often; of a range at most 1,000, oldest first. A buyer that has the
 * lead, or may have it, is not asked.
 */
export async function replayLeads(actor: Actor, input: unknown, tx?: Tx): Promise<Result<ReplayReport>> {
  const allowed = mayWorkQueue(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(ReplayInput, input)
  if (!parsed.ok) return parsed
  const given = parsed.value
  if (given.flowId !== undefined && !isUuid(given.flowId)) return err(notFound('The flow'))
  const said = await transact(async (run): Promise<Result<ReplayReport>> => {
    const rows = await lockEnded(run, actor, given)
    const ended = rows.slice(0, mostReplayed)
    const reasons = new Map([...(await whyMissing(run, actor, given, ended)), ...(await obstacles(run, ended))])
    const going = ended.filter(({ leadId }) => !reasons.has(leadId))
    if (going.length === 0) return err(nothing(given, reasons))
    await setGoing(
      run,
      going.map(({ leadId }) => leadId),
    )
    const { leadIds: _, ...range } = given
    await logDeed(
      run,
      actor,
      going.map((row) => ({ ...row, recipient: null })),
      { outcome: 'replayed', action: 'queue.replay', reason: `Replayed by ${whoIs(actor)}`, more: range },
    )
    const passedOver = [...reasons].slice(0, mostTold).map(([leadId, reason]) => ({ leadId, reason }))
    return ok({ done: going.length, passedOver, left: rows.length > mostReplayed })
  }, tx)
  if (said.ok) noteLive(actor.accountId)
  return said
}

const mostTold = 200
