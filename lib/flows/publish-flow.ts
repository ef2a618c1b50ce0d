import { and, eq, inArray, max } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { flows, flowVersions, stepSwitches } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import type { FlowDocument } from '../engine/index'
import { conflict } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { diffDocuments, sameJson } from './diff-documents'
import { flowFacts, lockFlow, type OwnFlow, versionDocument } from './own-flow'
import { isError, problemsOf } from './problems'
import { buyerSteps } from './rules'
import { PublishFlowInput } from './schema'
import { resolveTargets, type Switches, switchesOf } from './targets'

/**
 * A switch stays over its step through versions that say nothing new. One that changes `rules.active` means it, and
 * a step that is gone takes its switch along.
 */
function outdatedSwitches(switches: Switches, before: FlowDocument | undefined, after: FlowDocument): string[] {
  const was = new Map((before ? buyerSteps(before) : []).map((step) => [step.id, step.rules.active]))
  const is = new Map(buyerSteps(after).map((step) => [step.id, step.rules.active]))
  return [...switches.keys()].filter((id) => !is.has(id) || (was.has(id) && was.get(id) !== is.get(id)))
}

async function addVersion(tx: Tx, actor: Actor, flow: OwnFlow): Promise<number> {
  const [last] = await tx
    .select({ version: max(flowVersions.version) })
    .from(flowVersions)
    .where(eq(flowVersions.flowId, flow.id))
  const version = (last?.version ?? 0) + 1
  await tx.insert(flowVersions).values({
    flowId: flow.id,
    version,
    accountId: flow.accountId,
    document: flow.draft,
    publishedBy: actor.userId ?? null,
  })
  await tx.update(flows).set({ liveVersion: version }).where(eq(flows.id, flow.id))
  return version
}

/**
 * Makes the draft live as a new version; the next lead meets it. Refuses with every problem that would stop a lead. An
 * invited buyer that is not ready does not: its step waits. An unchanged draft answers the version that is live.
 */
export async function publishFlow(actor: Actor, input: unknown, tx?: Tx): Promise<Result<{ version: number }>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(PublishFlowInput, input)
  if (!parsed.ok) return parsed
  return transact(async (run) => {
    const found = await lockFlow(run, actor, parsed.value.flowId)
    if (!found.ok) return found
    const flow = found.value
    const live = await versionDocument(run, flow, flow.liveVersion)
    if (flow.liveVersion !== null && live && sameJson(live, flow.draft)) return ok({ version: flow.liveVersion })
    const switches = await switchesOf(run, flow.id)
    const resolved = await resolveTargets(run, flow, flow.draft, switches)
    const errors = problemsOf(flowFacts(flow, actor.accountName), flow.draft, resolved).filter(isError)
    if (errors.length) {
      const issues = errors.map(({ path, message }) => ({ path, message }))
      return err(conflict('The flow cannot go live yet. Mend what is listed, then publish again.', issues))
    }
    await touchConfig(run, [actor.accountId])
    const version = await addVersion(run, actor, flow)
    const outdated = outdatedSwitches(switches, live, flow.draft)
    if (outdated.length) {
      await run
        .delete(stepSwitches)
        .where(and(eq(stepSwitches.flowId, flow.id), inArray(stepSwitches.stepId, outdated)))
    }
    await recordAudit(run, actor, {
      action: 'flow.publish',
      subjectKind: 'flow',
      subjectId: flow.id,
      before: { version: flow.liveVersion },
      after: { version, changes: diffDocuments(live, flow.draft).map((change) => change.text) },
    })
    return ok({ version })
  }, tx)
}
