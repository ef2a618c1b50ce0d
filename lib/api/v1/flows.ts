import {
  compareVersions,
  createFlow,
  duplicateFlow,
  exportFlow,
  getFlow,
  holdStepCircuit,
  importFlow,
  listCapUse,
  listFlows,
  listVersions,
  previewSubmission,
  publishFlow,
  restoreVersion,
  saveDraft,
  setStepActive,
  tryRule,
  updateFlow,
} from '../../flows/index'
import { ok } from '../../result'
import { runTest } from '../../runs/index'
import {
  createFlowRoute,
  duplicateFlowRoute,
  exportFlowRoute,
  getFlowRoute,
  importFlowRoute,
  listCapUseRoute,
  listFlowsRoute,
  updateFlowRoute,
} from './flow-routes'
import { previewSubmissionRoute, testFlowRoute, tryRuleRoute } from './flow-trial-routes'
import { page, reply, written } from './reply'
import { newApi } from './router'
import { writeCircuit } from './shapes/circuits'
import {
  writeCapUse,
  writeDraft,
  writeFlow,
  writeFlowSummary,
  writeImported,
  writeSubmissionPreview,
  writeVersion,
} from './shapes/flows'
import { writeTestRun } from './shapes/log'
import { writeRuleTrial } from './shapes/rules'
import { disableStepRoute, enableStepRoute, stepCircuitRoute } from './step-routes'
import { compareVersionsRoute, listVersionsRoute, publishRoute, restoreRoute, saveDraftRoute } from './version-routes'

export const flowApi = newApi()

flowApi.openapi(createFlowRoute, async (c) => {
  const { actor } = c.var
  const made = await createFlow(actor, c.req.valid('json'))
  return reply(c, made.ok ? written(await getFlow(actor, made.value.id), writeFlow) : made, 201)
})

flowApi.openapi(listFlowsRoute, async (c) => {
  const { data, nextCursor } = await listFlows(c.var.actor, c.req.valid('query'))
  return reply(c, ok(page(data.map(writeFlowSummary), nextCursor)))
})

flowApi.openapi(getFlowRoute, async (c) =>
  reply(c, written(await getFlow(c.var.actor, c.req.valid('param').id), writeFlow)),
)

flowApi.openapi(listCapUseRoute, async (c) =>
  reply(
    c,
    written(await listCapUse(c.var.actor, c.req.valid('param').id, Date.now()), (all) => page(all.map(writeCapUse))),
  ),
)

flowApi.openapi(updateFlowRoute, async (c) => {
  const { actor } = c.var
  const flowId = c.req.valid('param').id
  const changed = await updateFlow(actor, { flowId, ...c.req.valid('json') })
  return reply(c, changed.ok ? written(await getFlow(actor, flowId), writeFlow) : changed)
})

flowApi.openapi(saveDraftRoute, async (c) => {
  const { revision } = c.req.valid('query')
  const saved = await saveDraft(c.var.actor, {
    flowId: c.req.valid('param').id,
    document: c.req.valid('json'),
    ...(revision !== undefined && { revision }),
  })
  return reply(c, written(saved, writeDraft, asSent))
})

flowApi.openapi(publishRoute, async (c) =>
  reply(c, await publishFlow(c.var.actor, { flowId: c.req.valid('param').id })),
)

flowApi.openapi(listVersionsRoute, async (c) =>
  reply(
    c,
    written(await listVersions(c.var.actor, c.req.valid('param').id), (versions) => page(versions.map(writeVersion))),
  ),
)

flowApi.openapi(compareVersionsRoute, async (c) =>
  reply(c, await compareVersions(c.var.actor, { flowId: c.req.valid('param').id, ...c.req.valid('query') })),
)

flowApi.openapi(duplicateFlowRoute, async (c) => {
  const { actor } = c.var
  const made = await duplicateFlow(actor, { flowId: c.req.valid('param').id, ...c.req.valid('json') })
  return reply(c, made.ok ? written(await getFlow(actor, made.value.id), writeFlow) : made, 201)
})

flowApi.openapi(exportFlowRoute, async (c) => reply(c, await exportFlow(c.var.actor, c.req.valid('param').id)))

flowApi.openapi(importFlowRoute, async (c) => {
  const { flow_id: flowId, dry_run: dryRun, ...body } = c.req.valid('json')
  const made = await importFlow(c.var.actor, { ...body, dryRun, ...(flowId && { flowId }) })
  return reply(c, written(made, writeImported, asSent))
})

flowApi.openapi(restoreRoute, async (c) => {
  const { id, version } = c.req.valid('param')
  return reply(c, await restoreVersion(c.var.actor, { flowId: id, version }))
})

flowApi.openapi(enableStepRoute, async (c) => {
  const { id, step_id } = c.req.valid('param')
  return reply(c, written(await setStepActive(c.var.actor, { flowId: id, stepId: step_id, active: true }), writeSwitch))
})

flowApi.openapi(disableStepRoute, async (c) => {
  const { id, step_id } = c.req.valid('param')
  return reply(
    c,
    written(await setStepActive(c.var.actor, { flowId: id, stepId: step_id, active: false }), writeSwitch),
  )
})

flowApi.openapi(stepCircuitRoute, async (c) => {
  const { id: flowId, step_id: stepId } = c.req.valid('param')
  return reply(c, written(await holdStepCircuit(c.var.actor, { flowId, stepId, ...c.req.valid('json') }), writeCircuit))
})

flowApi.openapi(previewSubmissionRoute, async (c) => {
  const { submitted, source_id } = c.req.valid('json')
  const flowId = c.req.valid('param').id
  const preview = await previewSubmission(c.var.actor, { flowId, submitted, ...(source_id && { sourceId: source_id }) })
  return reply(c, written(preview, writeSubmissionPreview))
})

flowApi.openapi(testFlowRoute, async (c) => {
  const { lead, dry_run: dryRun, step_id: stepId } = c.req.valid('json')
  const flowId = c.req.valid('param').id
  const run = await runTest(c.var.actor, { flowId, lead, dryRun, ...(stepId && { stepId }) })
  return reply(c, written(run, writeTestRun, asSent))
})

flowApi.openapi(tryRuleRoute, async (c) => {
  const { rule, lead_id, values } = c.req.valid('json')
  const given = { flowId: c.req.valid('param').id, rule, values, ...(lead_id !== undefined && { leadId: lead_id }) }
  return reply(c, written(await tryRule(c.var.actor, given), writeRuleTrial))
})

/** Paths into a flow document are the caller's own already. */
function asSent(path: string): string {
  return path
}

function writeSwitch({ stepId, active }: { stepId: string; active: boolean }) {
  return { step_id: stepId, active }
}
