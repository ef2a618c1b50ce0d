import { beforeAll, expect, test } from 'vitest'
import { aPeer, aSeller, must, refusal, refuses, testDatabase } from '../../db/testing/index'
import type { FlowDocumentInput } from '../engine/index'
import { createFlow, getFlow, saveDraft } from '../flows/index'
import { listLeads } from '../leads/index'
import { startRuntime } from '../runtime'
import { runTest } from './index'

testDatabase()
beforeAll(() => startRuntime('intake'))

type Steps = NonNullable<FlowDocumentInput['steps']>

const buyerAt = (id: string, url: string, active = true): Steps[number] => ({
  id,
  type: 'buyer',
  name: id,
  connection: {
    method: 'manual',
    endpoint: { url },
    request: { mappings: { email: '{{lead.email}}' } },
    response: {
      success_codes: [200, 201],
      parser: { success_path: 'status', success_value: 'accepted', reason_path: 'rejection_reason' },
    },
  },
  rules: { active },
})
const invited: Steps[number] = {
  id: 'partner',
  type: 'buyer',
  name: 'Partner',
  connection: { method: 'invite', shared_fields: ['email'] },
}
const stopsAll: Steps[number] = { id: 'none', type: 'filter', name: 'Nobody', stop_when: 'true', reason: 'No' }

async function aDraft(...steps: Steps) {
  const { actor } = await aSeller()
  const { id } = must(await createFlow(actor, { name: 'Insurance' }))
  const { draft } = must(await getFlow(actor, id))
  must(await saveDraft(actor, { flowId: id, document: { ...draft, steps } }))
  return { actor, flowId: id }
}

const lead = { email: 'ana@example.com' }

test('one step is tried without those around it, whatever its switch says, and nothing is logged', async () => {
  const [first, second] = [await aPeer(), await aPeer()]
  second.now(refuses('Already a customer'))
  const { actor, flowId } = await aDraft(stopsAll, buyerAt('first', first.url), buyerAt('second', second.url, false))
  const dry = must(await runTest(actor, { flowId, stepId: 'second', lead, dryRun: true }))
  expect(dry.steps).toMatchObject([{ id: 'second', outcome: 'accepted', request: { url: second.url } }])
  const sent = must(await runTest(actor, { flowId, stepId: 'second', lead }))
  expect(sent.steps).toMatchObject([{ outcome: 'rejected', reason: 'Already a customer', response: { status: 200 } }])
  expect(sent.leadId).toBeUndefined()
  expect([first.received.length, second.received.length]).toEqual([0, 1])
  expect(second.received[0]?.headers['x-test-mode']).toBe('true')
  expect((await listLeads(actor, 'seller', {})).data).toEqual([])
})

test('a filter that is off is tried all the same, and says why it would stop the lead', async () => {
  const { actor, flowId } = await aDraft({ ...stopsAll, active: false } as Steps[number])
  const { steps } = must(await runTest(actor, { flowId, stepId: 'none', lead, dryRun: true }))
  expect(steps).toMatchObject([{ id: 'none', outcome: 'stop' }])
})

test('an invited buyer is sent nothing that is not in its log, and problems elsewhere stop no trial', async () => {
  const peer = await aPeer()
  const broken: Steps[number] = { ...stopsAll, id: 'broken', stop_when: 'lead.state ==' }
  const { actor, flowId } = await aDraft(broken, invited, buyerAt('acme', peer.url))
  expect(refusal(await runTest(actor, { flowId, stepId: 'partner', lead })).kind).toBe('conflict')
  expect(must(await runTest(actor, { flowId, stepId: 'acme', lead })).steps).toMatchObject([{ outcome: 'accepted' }])
  const refused = refusal(await runTest(actor, { flowId, stepId: 'broken', lead, dryRun: true }))
  expect(refused.issues?.[0]?.path).toBe('steps.0.stop_when')
  expect(refusal(await runTest(actor, { flowId, stepId: 'nowhere', lead })).kind).toBe('not-found')
})
