import { expect, test } from 'vitest'
import { aSeller, must, refusal, testDatabase } from '../../db/testing/index'
import { seedConditionalDelivery, seedFailover } from '../../db/testing/seed-selling'
import { uuidv7 } from '../ids'
import { createNamedSecret } from '../secrets/index'
import {
  compareVersions,
  duplicateFlow,
  exportFlow,
  getFlow,
  importFlow,
  publishFlow,
  saveDraft,
  setStepActive,
} from './index'
import { aDocument, aFlow, inviteStep, manualStep, pastedBuyer, token } from './testing'

testDatabase()

const secrets = { BUYER_API_TOKEN: token }

test('a buyer pasted from a guide becomes a flow of its own, with the fields that it reads', async () => {
  const { actor } = await aSeller()
  const text = pastedBuyer()
  const tried = must(await importFlow(actor, { text, dryRun: true }))
  expect(tried.missing).toEqual([
    { name: 'BUYER_API_TOKEN', label: 'Token', path: 'manualBuyerConfig.endpoint.auth.token' },
  ])
  const asked = refusal(await importFlow(actor, { text }))
  expect(asked.issues).toMatchObject([{ path: 'secrets.BUYER_API_TOKEN' }])
  const made = must(await importFlow(actor, { text, secrets, name: 'California' }))
  expect(made).toMatchObject({ kind: 'buyer', name: 'California', missing: [] })
  expect(made.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const flow = must(await getFlow(actor, made.flowId ?? ''))
  expect(flow.name).toBe('California')
  expect(flow.draft.steps).toMatchObject([{ id: 'api-buyer-com', connection: { method: 'manual' } }])
  expect(JSON.stringify(flow)).not.toContain(token)
  expect(Object.values(flow.secrets)).toMatchObject([{ lastFour: token.slice(-4) }])
})

test('an import does not ask for a secret that the account keeps by that name', async () => {
  const { actor } = await aSeller()
  must(await createNamedSecret(actor, { name: 'BUYER_API_TOKEN', value: token }))
  const made = must(await importFlow(actor, { text: pastedBuyer() }))
  expect(made.missing).toEqual([])
  const auth = { type: 'bearer', token: '{{secret.BUYER_API_TOKEN}}' }
  expect(made.document.steps).toMatchObject([{ connection: { endpoint: { auth } } }])
  expect(must(await publishFlow(actor, { flowId: made.flowId ?? '' })).version).toBe(1)
})

test('a buyer is added to a flow that is there, beside a step that has its id', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, manualStep({ id: 'api-buyer-com' }))
  const made = must(await importFlow(actor, { text: pastedBuyer(), secrets, flowId }))
  expect(made.document.steps.map(({ id }) => id)).toEqual(['api-buyer-com', 'api-buyer-com-2'])
  const added = made.document.fields.map(({ name }) => name)
  expect(added).toEqual(expect.arrayContaining(['email', 'first_name', 'postal_code', 'ip_address']))
  expect(made.notes.join()).toContain('postal_code')
})

const pastedSelling = () => `const conditionalDelivery = ${JSON.stringify(seedConditionalDelivery)};
const failoverConfig = ${JSON.stringify(seedFailover)};`

test('when a buyer takes leads and who stands in for it are pasted beside it, and stand in its step', async () => {
  const { actor } = await aSeller()
  const text = `${pastedBuyer()}\n${pastedSelling()}`
  const made = must(await importFlow(actor, { text, secrets }))
  const step = { id: 'buyer_main', conditional_delivery: seedConditionalDelivery, failover: seedFailover }
  expect(made.document.steps).toMatchObject([step])
  expect(made.document.fields.map(({ name }) => name)).toContain('consent')
  const errors = made.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)
  expect(errors.join(' ')).toContain('There is no buyer step “buyer_overflow” to be the backup buyer.')
  const wrong = text.replace('"hourly":100', '"hourly":-1')
  const { issues } = refusal(await importFlow(actor, { text: wrong, secrets }))
  expect(issues).toMatchObject([{ path: 'conditionalDelivery.caps.hourly' }])
  expect(refusal(await importFlow(actor, { text: pastedSelling() })).kind).toBe('invalid')
})

test('unknown keys are refused with the path that they have where they were pasted', async () => {
  const { actor } = await aSeller()
  const paths = async (document: unknown) =>
    refusal(await importFlow(actor, { document })).issues?.map(({ path }) => path)
  const endpoint = { url: 'https://api.buyer.com/leads' }
  const request = { mappings: {} }
  expect(await paths({ endpoint: { ...endpoint, colour: 'red' }, request })).toEqual(['endpoint.colour'])
  expect(await paths({ manualBuyerConfig: { endpoint, request, retries: 3 } })).toEqual(['manualBuyerConfig.retries'])
  expect(await paths({ steps: [], colour: 'red' })).toEqual(['colour'])
  expect(await paths({ format: 'baton.flow/9', document: { steps: [] } })).toEqual(['format'])
  expect(await paths(['no', 'object'])).toEqual([''])
  expect(await paths({ hello: 'world' })).toEqual([''])
})

test('an exported flow holds no secret, and is the same flow where it is imported', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, manualStep(), manualStep({ id: 'second' }), inviteStep())
  const exported = must(await exportFlow(actor, flowId))
  expect(JSON.stringify(exported)).not.toContain('sec_')
  expect(JSON.stringify(exported)).toContain('{{secret.ACME_TOKEN}}')
  const another = await aSeller()
  const given = { ACME_TOKEN: 'first-token-0001', SECOND_TOKEN: 'second-token-0002' }
  const made = must(await importFlow(another.actor, { document: exported, secrets: given }))
  const original = must(await getFlow(actor, flowId))
  const copy = must(await getFlow(another.actor, made.flowId ?? ''))
  const bare = (value: unknown) => JSON.stringify(value).replaceAll(/sec_\w+/g, '')
  expect(bare(copy.draft)).toBe(bare(original.draft))
  expect(Object.values(copy.secrets).map(({ lastFour }) => lastFour)).toEqual(['0001', '0002'])
})

test('the references of another account are asked for like any missing secret', async () => {
  const { actor } = await aSeller()
  const theirs = must(await getFlow(actor, await aFlow(actor, manualStep()))).draft
  const { actor: other } = await aSeller()
  const tried = must(await importFlow(other, { document: theirs, dryRun: true }))
  expect(tried.missing).toMatchObject([{ name: 'ACME_TOKEN' }])
  const own = must(await importFlow(actor, { document: theirs, dryRun: true }))
  expect(own.missing).toEqual([])
})

test('connections of others are left behind, and it is said that the buyer has to be invited', async () => {
  const { actor } = await aSeller()
  const step = { ...inviteStep(), connection: { method: 'invite', connection_id: uuidv7(), shared_fields: ['email'] } }
  const made = must(await importFlow(actor, { document: aDocument(step as never) }))
  expect(made.document.steps).toMatchObject([{ connection: { method: 'invite', shared_fields: ['email'] } }])
  expect(JSON.stringify(made.document)).not.toContain('connection_id')
  expect(made.notes).toEqual(['Partner is not connected here: invite its buyer again.'])
})

test('a duplicate has the draft, its credentials and its switches, and nothing of it is live', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, manualStep(), inviteStep())
  must(await publishFlow(actor, { flowId }))
  must(await setStepActive(actor, { flowId, stepId: 'acme', active: false }))
  const { id, name } = must(await duplicateFlow(actor, { flowId }))
  expect(name).toBe('Insurance Leads - California (copy)')
  const copy = must(await getFlow(actor, id))
  const original = must(await getFlow(actor, flowId))
  expect(copy).toMatchObject({ liveVersion: null, sources: [], secrets: original.secrets })
  expect(copy.draft.steps).toMatchObject([{ id: 'acme', rules: { active: false } }, { id: 'partner' }])
})

test('two people who change one draft do not overwrite each other', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, manualStep())
  const { draft, draftRevision: revision } = must(await getFlow(actor, flowId))
  const mine = { ...draft, succeed_when: 'always' as const }
  const saved = must(await saveDraft(actor, { flowId, document: mine, revision }))
  expect(saved.revision).toBe(revision + 1)
  const theirs = { ...draft, price: { cost: 5 } }
  const refused = refusal(await saveDraft(actor, { flowId, document: theirs, revision }))
  expect([refused.kind, refused.issues?.[0]?.path]).toEqual(['conflict', 'revision'])
  expect(must(await getFlow(actor, flowId)).draft.succeed_when).toBe('always')
  // What is there already overtakes nobody, and the same again is no change.
  expect(must(await saveDraft(actor, { flowId, document: saved.document, revision })).revision).toBe(revision + 1)
})

test('any two versions are compared, and a version with the draft', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor, manualStep())
  must(await publishFlow(actor, { flowId }))
  const { draft } = must(await getFlow(actor, flowId))
  must(await saveDraft(actor, { flowId, document: { ...draft, price: { cost: 5 } } }))
  const texts = async (from: unknown, to: unknown) =>
    must(await compareVersions(actor, { flowId, from, to })).changes.map(({ text }) => text)
  expect(await texts(1, 'draft')).toEqual(['Price added'])
  expect(await texts('draft', '1')).toEqual(['Price removed'])
  expect(refusal(await compareVersions(actor, { flowId, from: 1, to: 9 })).kind).toBe('not-found')
})

test('someone else’s flow is neither exported nor copied nor imported into', async () => {
  const mine = await aSeller()
  const { actor } = await aSeller()
  const flowId = await aFlow(mine.actor, manualStep())
  for (const refused of [
    refusal(await exportFlow(actor, flowId)),
    refusal(await duplicateFlow(actor, { flowId })),
    refusal(await importFlow(actor, { flowId, document: { steps: [] } })),
    refusal(await compareVersions(actor, { flowId, from: 'draft', to: 'draft' })),
  ])
    expect(refused.kind).toBe('not-found')
})
