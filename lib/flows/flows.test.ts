import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '../../db/client'
import { auditEntries, flows, flowVersions, secrets } from '../../db/schema/index'
import { aBuyer, aSeller, must, refusal, testDatabase } from '../../db/testing/index'
import type { Actor } from '../actor'
import { uuidv7 } from '../ids'
import type { Result } from '../result'
import {
  createFlow,
  createSource,
  getFlow,
  listFlows,
  listSources,
  listVersions,
  loadDraft,
  loadFlow,
  publishFlow,
  restoreVersion,
  rotateSourceKey,
  saveDraft,
  setStepActive,
  updateFlow,
  updateSource,
} from './index'
import { aDocument, aFlow, inviteStep, manualStep, token } from './testing'

testDatabase()

test('a new flow starts with the usual fields and takes no leads until it is published', async () => {
  const { actor } = await aSeller()
  const { id } = must(await createFlow(actor, { name: '  Insurance  ' }))
  const flow = must(await getFlow(actor, id))
  expect(flow.name).toBe('Insurance')
  expect(flow.draft.fields.map((field) => field.name)).toContain('email')
  expect(flow.liveVersion).toBeNull()
  expect((await loadFlow(id))?.live).toBeUndefined()
  expect((await listFlows(actor)).data).toMatchObject([
    { id, name: 'Insurance', liveVersion: null, changed: true, sources: 0 },
  ])
})

test('flows are listed page by page, and found by a part of their name', async () => {
  const { actor } = await aSeller()
  for (const name of ['Solar', 'Windows', 'solar panels']) must(await createFlow(actor, { name }))
  const names = async (filters: Parameters<typeof listFlows>[1]) =>
    (await listFlows(actor, filters)).data.map(({ name }) => name)
  expect(await names({ q: 'SOLAR' })).toEqual(['solar panels', 'Solar'])
  expect(await names({ q: '%' })).toEqual([])
  const { data, nextCursor } = await listFlows(actor, { limit: 2 })
  expect(data.map(({ name }) => name)).toEqual(['solar panels', 'Windows'])
  expect(await listFlows(actor, { limit: 2, ...(nextCursor && { cursor: nextCursor }) })).toMatchObject({
    data: [{ name: 'Solar' }],
  })
})

test("someone else's flow is not found, and cannot be told from one that never was", async () => {
  const mine = await aSeller()
  const { actor } = await aSeller()
  const flowId = await aFlow(mine.actor, manualStep())
  const source = must(await createSource(mine.actor, { flowId, name: 'Site' }))
  const asks: ((id: string) => Promise<Result<unknown>>)[] = [
    (id) => getFlow(actor, id),
    (id) => listVersions(actor, id),
    (id) => updateFlow(actor, { flowId: id, name: 'Mine now' }),
    (id) => saveDraft(actor, { flowId: id, document: {} }),
    (id) => publishFlow(actor, { flowId: id }),
    (id) => restoreVersion(actor, { flowId: id, version: 1 }),
    (id) => setStepActive(actor, { flowId: id, stepId: 'acme', active: false }),
    (id) => createSource(actor, { flowId: id, name: 'Theirs' }),
    (id) => updateSource(actor, { flowId: id, sourceId: source.id, enabled: false }),
    (id) => rotateSourceKey(actor, { flowId: id, sourceId: source.id }),
  ]
  for (const ask of asks) {
    const refused = refusal(await ask(flowId))
    expect(refused.kind).toBe('not-found')
    expect(refusal(await ask(uuidv7()))).toEqual(refused)
    expect(refusal(await ask('no-id-at-all'))).toEqual(refused)
  }
  expect(await listSources(actor, flowId)).toEqual([])
  expect(await listFlows(actor)).toEqual({ data: [] })
  expect(await loadFlow('no-id-at-all')).toBeUndefined()
})

test('a viewer looks and changes nothing; an account that only buys has no flows', async () => {
  const viewer = await aSeller({ role: 'viewer' })
  const buyer = await aBuyer()
  for (const { actor } of [viewer, buyer]) {
    expect(refusal(await createFlow(actor, { name: 'Insurance' })).kind).toBe('forbidden')
    expect(await listFlows(actor)).toEqual({ data: [] })
  }
})

test('a draft of the wrong shape is refused with the path of every problem', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, manualStep())
  const document = {
    fields: [{ name: 'email', type: 'e-mail' }],
    steps: [{ id: '1', type: 'filter', name: '' }],
    colour: 'red',
  }
  const refused = refusal(await saveDraft(actor, { flowId, document }))
  expect(refused.kind).toBe('invalid')
  const paths = refused.issues?.map((issue) => issue.path)
  expect(paths).toEqual(expect.arrayContaining(['fields.0.type', 'steps.0.id', 'steps.0.name', 'steps.0.stop_when']))
  expect(must(await getFlow(actor, flowId)).draft.steps).toHaveLength(1)
})

test('a draft with problems is saved, and the problems come back beside it', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor)
  const filter = { id: 'adults', type: 'filter' as const, name: 'Adults only', stop_when: 'lead.state ==' }
  const saved = must(await saveDraft(actor, { flowId, document: aDocument(filter) }))
  expect(saved.document.steps).toHaveLength(1)
  expect(saved.problems.some((problem) => problem.severity === 'error' && problem.stepId === 'adults')).toBe(true)
  const refused = refusal(await publishFlow(actor, { flowId }))
  expect(refused.kind).toBe('conflict')
  expect(refused.issues?.[0]?.path).toMatch(/^steps\.0/)
  const draft = await loadDraft(flowId)
  expect(draft?.live).toBeUndefined()
  expect(draft?.problems.length).toBeGreaterThan(0)
})

test('a secret typed into a draft is sealed: documents, views and the log hold a reference', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, manualStep())
  const view = must(await getFlow(actor, flowId))
  must(await publishFlow(actor, { flowId }))
  const everywhere = [
    view,
    await listVersions(actor, flowId),
    await db().select().from(flows),
    await db().select().from(flowVersions),
    await db().select().from(auditEntries),
    await db().select().from(secrets),
  ]
  expect(JSON.stringify(everywhere)).not.toContain(token)
  expect(Object.values(view.secrets)).toMatchObject([{ lastFour: token.slice(-4) }])
  const again = must(await saveDraft(actor, { flowId, document: view.draft }))
  expect(again.document).toEqual(view.draft)
})

test('the password of a SOAP message is sealed like any other secret', async () => {
  const { actor } = await aSeller()
  const step = manualStep()
  if (step.type !== 'buyer' || step.connection.method !== 'manual') throw new Error('not a manual step')
  const security = { username: 'baton', password: 'soap-password-7788' }
  step.connection.request = { format: 'soap11', mappings: { Id: '{{event_id}}' }, soap: { operation: 'Add', security } }
  const view = must(await getFlow(actor, await aFlow(actor, step)))
  const everywhere = [view, await db().select().from(flows), await db().select().from(auditEntries)]
  expect(JSON.stringify(everywhere)).not.toContain(security.password)
  expect(Object.values(view.secrets).map(({ lastFour }) => lastFour)).toContain('7788')
})

test("a reference to another account's secret is refused", async () => {
  const theirs = await aSeller()
  const view = must(await getFlow(theirs.actor, await aFlow(theirs.actor, manualStep())))
  const { actor } = await aSeller()
  const refused = refusal(await saveDraft(actor, { flowId: await aFlow(actor), document: view.draft }))
  expect(refused.kind).toBe('invalid')
  expect(refused.issues?.[0]?.path).toMatch(/^steps\.0\.connection\.endpoint\.auth/)
})

test('an address inside the network stops publishing', async () => {
  const { actor } = await aSeller()
  const step = manualStep()
  if (step.type !== 'buyer' || step.connection.method !== 'manual') throw new Error('not a manual step')
  step.connection.endpoint.url = 'http://169.254.169.254/latest/meta-data'
  const refused = refusal(await publishFlow(actor, { flowId: await aFlow(actor, step) }))
  expect(refused.issues).toMatchObject([{ path: 'steps.0.connection.endpoint.url' }])
})

test('publishing makes the draft live, and an unchanged draft makes no new version', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, manualStep())
  const source = must(await createSource(actor, { flowId, name: 'Site' }))
  expect(must(await publishFlow(actor, { flowId }))).toEqual({ version: 1 })
  expect(must(await publishFlow(actor, { flowId }))).toEqual({ version: 1 })
  const loaded = await loadFlow(flowId)
  expect(loaded?.live?.version).toBe(1)
  expect(loaded?.sources.get(source.id)).toMatchObject({
    enabled: true,
    authenticationRequired: false,
    accountId: actor.accountId,
  })
  expect(loaded?.targets['acme']).toMatchObject({ active: true, recipient: 'Acme Insurance' })
  expect(loaded?.targets['acme']?.blocked).toBeUndefined()
  expect(must(await getFlow(actor, flowId)).changes).toEqual([])
  expect((await listFlows(actor)).data).toMatchObject([{ liveVersion: 1, changed: false, sources: 1, buyerSteps: 1 }])
})

test('two people who publish at once make one version', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, manualStep())
  const published = await Promise.all([
    publishFlow(actor, { flowId }),
    publishFlow(actor, { flowId }),
    publishFlow(actor, { flowId }),
  ])
  expect(published.map(must)).toEqual([{ version: 1 }, { version: 1 }, { version: 1 }])
})

test('an earlier version comes back as the draft; what is live stays until it is published', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, manualStep())
  must(await publishFlow(actor, { flowId }))
  must(await saveDraft(actor, { flowId, document: aDocument(inviteStep()) }))
  must(await publishFlow(actor, { flowId }))
  expect(must(await restoreVersion(actor, { flowId, version: 1 })).document.steps[0]?.id).toBe('acme')
  expect((await loadFlow(flowId))?.live?.version).toBe(2)
  expect(must(await publishFlow(actor, { flowId }))).toEqual({ version: 3 })
  const versions = must(await listVersions(actor, flowId))
  expect(versions.map(({ version, live }) => ({ version, live }))).toEqual([
    { version: 3, live: true },
    { version: 2, live: false },
    { version: 1, live: false },
  ])
  expect(versions[1]?.changes.map((change) => change.text)).toEqual([
    'Buyer step Partner added',
    'Buyer step Acme Insurance removed',
  ])
  expect(refusal(await restoreVersion(actor, { flowId, version: 9 })).kind).toBe('not-found')
})

const activeOf = async (flowId: string) => (await loadFlow(flowId))?.targets['acme']?.active

test('a step is switched at once, without a new version', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, manualStep())
  must(await publishFlow(actor, { flowId }))
  const before = (await loadFlow(flowId))?.configVersion ?? 0
  must(await setStepActive(actor, { flowId, stepId: 'acme', active: false }))
  const loaded = await loadFlow(flowId)
  expect(loaded?.targets['acme']?.active).toBe(false)
  expect(loaded?.live?.version).toBe(1)
  expect(loaded?.configVersion).toBeGreaterThan(before)
  expect(must(await getFlow(actor, flowId)).liveSteps).toMatchObject([
    { stepId: 'acme', active: false, setup: 'ready' },
  ])
  expect(refusal(await setStepActive(actor, { flowId, stepId: 'nobody', active: false })).kind).toBe('not-found')
})

test('a switch stays through new versions, until one says otherwise about the step', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, manualStep())
  must(await publishFlow(actor, { flowId }))
  must(await setStepActive(actor, { flowId, stepId: 'acme', active: false }))
  must(await saveDraft(actor, { flowId, document: { ...aDocument(manualStep()), succeed_when: 'always' } }))
  must(await publishFlow(actor, { flowId }))
  expect(await activeOf(flowId)).toBe(false)
  must(await saveDraft(actor, { flowId, document: aDocument(manualStep({ active: false })) }))
  must(await publishFlow(actor, { flowId }))
  must(await saveDraft(actor, { flowId, document: aDocument(manualStep({ active: true })) }))
  must(await publishFlow(actor, { flowId }))
  expect(await activeOf(flowId)).toBe(true)
})

test('the step of an invited buyer cannot be enabled before it is ready', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, inviteStep())
  const refused = refusal(await setStepActive(actor, { flowId, stepId: 'partner', active: true }))
  expect(refused).toMatchObject({ kind: 'conflict', message: 'The buyer has not finished setup.' })
})

test('a source key is shown once and kept hashed; a new one voids the old', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, manualStep())
  const open = must(await createSource(actor, { flowId, name: 'Open' }))
  expect(open.key).toBeUndefined()
  expect(open.submitUrl).toBe(`http://localhost:3000/flows/${flowId}/sources/${open.id}/submit`)
  expect(open.docsUrl).toBe(`http://localhost:3000/flows/${flowId}/sources/${open.id}/docs`)
  const keyed = must(await createSource(actor, { flowId, name: 'Keyed', authenticationRequired: true }))
  expect(keyed.key).toMatch(/^src_[\w-]{43}$/)
  const hashOf = (key: string | undefined) =>
    createHash('sha256')
      .update(key ?? '')
      .digest()
  const stored = async (id: string) => (await loadFlow(flowId))?.sources.get(id)?.keyHash
  expect(await stored(keyed.id)).toEqual(hashOf(keyed.key))
  const rotated = must(await rotateSourceKey(actor, { flowId, sourceId: keyed.id }))
  expect(await stored(keyed.id)).toEqual(hashOf(rotated.key))
  expect(JSON.stringify([await listSources(actor, flowId), await db().select().from(auditEntries)])).not.toContain(
    rotated.key,
  )
  const now = must(await updateSource(actor, { flowId, sourceId: open.id, authenticationRequired: true }))
  expect(now.key).toMatch(/^src_/)
})

test('source names are unique in a flow, and settings that could not work are refused', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, manualStep())
  const site = must(await createSource(actor, { flowId, name: 'Site' }))
  const other = must(await createSource(actor, { flowId, name: 'Other' }))
  expect(refusal(await createSource(actor, { flowId, name: 'Site' }))).toMatchObject({
    kind: 'conflict',
    issues: [{ path: 'name' }],
  })
  expect(refusal(await updateSource(actor, { flowId, sourceId: other.id, name: 'Site' })).kind).toBe('conflict')
  const acceptance = { rule: 'lead.state ==', reason: '' }
  expect(refusal(await createSource(actor, { flowId, name: 'Wrong', settings: { acceptance } })).kind).toBe('invalid')
  expect(
    refusal(await updateSource(actor, { flowId, sourceId: site.id, settings: { price: 5 } })).issues?.[0]?.path,
  ).toMatch(/^settings\.price/)
  const priced = must(await updateSource(actor, { flowId, sourceId: site.id, settings: { price: { cost: 5 } } }))
  expect(priced.settings).toMatchObject({ price: { cost: 5 } })
  expect(
    must(await updateSource(actor, { flowId, sourceId: site.id, settings: { price: null } })).settings.price,
  ).toBeUndefined()
})

test('every change of a flow stands in the audit log of its account', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, manualStep())
  must(await updateFlow(actor, { flowId, enabled: false }))
  const source = must(await createSource(actor, { flowId, name: 'Site' }))
  must(await updateSource(actor, { flowId, sourceId: source.id, enabled: false }))
  must(await rotateSourceKey(actor, { flowId, sourceId: source.id }))
  must(await publishFlow(actor, { flowId }))
  must(await setStepActive(actor, { flowId, stepId: 'acme', active: false }))
  must(await restoreVersion(actor, { flowId, version: 1 }))
  expect(await actionsOf(actor)).toEqual([
    'flow.create',
    'flow.draft.save',
    'flow.update',
    'source.create',
    'source.update',
    'source.key.rotate',
    'flow.publish',
    'step.disable',
    'flow.restore',
  ])
})

async function actionsOf(actor: Actor): Promise<string[]> {
  const rows = await db()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.accountId, actor.accountId))
    .orderBy(auditEntries.id)
  return rows.map((row) => row.action)
}
