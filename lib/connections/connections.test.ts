import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '../../db/client'
import { auditEntries, rollups } from '../../db/schema/index'
import { aBuyer, aSeller, must, refusal, testDatabase } from '../../db/testing/index'
import { createSource, getFlow, loadFlow, publishFlow, saveDraft, setStepActive } from '../flows/index'
import { uuidv7 } from '../ids'
import {
  acceptInvitation,
  finishSetupOf,
  getConnection,
  listConnections,
  pageInvitations,
  pauseConnection,
  resumeConnection,
  revokeConnection,
  setDelivery,
  stepsOfConnection,
} from './index'
import { aDestination, aFlow, config, connect, document, invite, mailsTo, setStatus } from './testing'

testDatabase()

const targetOf = async (flowId: string) => (await loadFlow(flowId))?.targets['partner']

test('publishing while the buyer is pending works, and the step waits until the buyer is ready', async () => {
  const [seller, buyer] = [await aSeller(), await aBuyer({ name: 'Acme Partners' })]
  const flowId = await aFlow(seller.actor)
  const { token } = await invite(seller.actor, buyer.user.email, { flow_id: flowId, step_id: 'partner' })
  must(await publishFlow(seller.actor, { flowId }))
  expect(await targetOf(flowId)).toMatchObject({ active: false, blocked: 'Waiting for the buyer' })

  const { connectionId } = must(await acceptInvitation(buyer.actor, { token }))
  expect(await targetOf(flowId)).toMatchObject({ blocked: 'Waiting for the buyer', connectionId })
  const destinationId = await aDestination(buyer.actor, { status: 'draft' })
  must(await setDelivery(buyer.actor, { connectionId, destinationId }))
  expect(await targetOf(flowId)).toMatchObject({ blocked: 'Waiting for the buyer', destinationId })
  expect(refusal(await setStepActive(seller.actor, { flowId, stepId: 'partner', active: true })).message).toBe(
    'The buyer has not finished setup.',
  )

  await setStatus(destinationId, 'live')
  must(await setStepActive(seller.actor, { flowId, stepId: 'partner', active: true }))
  const target = await targetOf(flowId)
  expect(target).toMatchObject({
    active: true,
    recipient: 'Acme Partners',
    sharedFields: ['email', 'phone_1'],
    buyerAccountId: buyer.account.id,
    config: { endpoint: { url: config.endpoint.url } },
  })
  expect(target?.blocked).toBeUndefined()
})

test('a flow that was published before its buyer was invited finds the buyer too', async () => {
  const [seller, buyer] = [await aSeller(), await aBuyer()]
  const flowId = await aFlow(seller.actor)
  must(await publishFlow(seller.actor, { flowId }))
  const connectionId = await connect(seller.actor, buyer.actor, { flow_id: flowId, step_id: 'partner' })
  must(await setDelivery(buyer.actor, { connectionId, destinationId: await aDestination(buyer.actor) }))
  expect(await targetOf(flowId)).toMatchObject({ active: true, connectionId })
  must(await saveDraft(seller.actor, { flowId, document: { ...document, succeed_when: 'always' } }))
  must(await publishFlow(seller.actor, { flowId }))
  expect(await targetOf(flowId)).toMatchObject({ connectionId })
})

test("a step cannot borrow another account's connection", async () => {
  const [seller, buyer, thief] = [await aSeller(), await aBuyer(), await aSeller()]
  const connectionId = await connect(seller.actor, buyer.actor)
  must(await setDelivery(buyer.actor, { connectionId, destinationId: await aDestination(buyer.actor) }))
  const flowId = await aFlow(thief.actor)
  const [step] = document.steps
  const stolen = { ...document, steps: [{ ...step, connection: { ...step?.connection, connection_id: connectionId } }] }
  const saved = must(await saveDraft(thief.actor, { flowId, document: stolen }))
  expect(saved.problems).toContainEqual(
    expect.objectContaining({ severity: 'error', path: 'steps.0.connection.connection_id' }),
  )
  expect(refusal(await publishFlow(thief.actor, { flowId })).kind).toBe('conflict')
})

test('either side pauses, and only the side that paused resumes', async () => {
  const [seller, buyer] = [await aSeller(), await aBuyer()]
  const flowId = await aFlow(seller.actor)
  must(await publishFlow(seller.actor, { flowId }))
  const id = await connect(seller.actor, buyer.actor, { flow_id: flowId, step_id: 'partner' })
  const destinationId = await aDestination(buyer.actor)
  must(await setDelivery(buyer.actor, { connectionId: id, destinationId }))
  const versionBefore = (await loadFlow(flowId))?.configVersion ?? 0
  must(await pauseConnection(buyer.actor, { id }))
  expect(await targetOf(flowId)).toMatchObject({ blocked: 'Paused by the buyer' })
  expect((await loadFlow(flowId))?.configVersion).toBeGreaterThan(versionBefore)
  expect(refusal(await resumeConnection(seller.actor, { id })).kind).toBe('conflict')
  expect(refusal(await pauseConnection(seller.actor, { id })).kind).toBe('conflict')
  must(await resumeConnection(buyer.actor, { id }))
  expect((await targetOf(flowId))?.blocked).toBeUndefined()
  must(await pauseConnection(seller.actor, { id }))
  expect(await targetOf(flowId)).toMatchObject({ blocked: 'Paused by the seller' })
  must(await resumeConnection(seller.actor, { id }))
  await setStatus(destinationId, 'disabled')
  expect(await targetOf(flowId)).toMatchObject({ blocked: 'Destination is disabled' })
})

test('an ended connection lets nothing through until a new invitation is accepted', async () => {
  const [seller, buyer] = [await aSeller(), await aBuyer()]
  const flowId = await aFlow(seller.actor)
  must(await publishFlow(seller.actor, { flowId }))
  const id = await connect(seller.actor, buyer.actor, { flow_id: flowId, step_id: 'partner' })
  const destinationId = await aDestination(buyer.actor)
  must(await setDelivery(buyer.actor, { connectionId: id, destinationId }))
  must(await revokeConnection(buyer.actor, { id }))
  expect(await targetOf(flowId)).toMatchObject({ blocked: 'Disconnected' })
  expect(refusal(await resumeConnection(buyer.actor, { id })).kind).toBe('conflict')
  expect(refusal(await setDelivery(buyer.actor, { connectionId: id, destinationId })).kind).toBe('conflict')
  expect(await connect(seller.actor, buyer.actor)).toBe(id)
  expect((await targetOf(flowId))?.blocked).toBeUndefined()
})

test('the seller is told once that setup is finished, however often things change', async () => {
  const [seller, buyer] = [await aSeller(), await aBuyer({ name: 'Acme Partners' })]
  const flowId = await aFlow(seller.actor)
  const id = await connect(seller.actor, buyer.actor, { flow_id: flowId, step_id: 'partner' })
  const [first, second] = [await aDestination(buyer.actor, { status: 'tested' }), await aDestination(buyer.actor)]
  must(await setDelivery(buyer.actor, { connectionId: id, destinationId: first }))
  expect(await mailsTo(seller.user.email, 'setup_finished')).toEqual([])
  await setStatus(first, 'live')
  await Promise.all([1, 2, 3].map(() => db().transaction((tx) => finishSetupOf(tx, first))))
  must(await setDelivery(buyer.actor, { connectionId: id, destinationId: second }))
  must(await pauseConnection(buyer.actor, { id }))
  must(await resumeConnection(buyer.actor, { id }))
  const mails = await mailsTo(seller.user.email, 'setup_finished')
  expect(mails).toMatchObject([{ subject: 'Acme Partners is ready to receive leads' }])
  expect(mails[0]?.text).toContain(`/seller/flows/${flowId}`)
})

test('a partner with one live destination is ready at once; with two it has to choose', async () => {
  const [seller, one, two] = [await aSeller(), await aBuyer(), await aBuyer()]
  const destinationId = await aDestination(one.actor)
  await aDestination(one.actor, { status: 'tested' })
  await connect(seller.actor, one.actor)
  expect(await listConnections(one.actor)).toMatchObject([{ setup: 'ready', destination: { id: destinationId } }])
  expect(await mailsTo(seller.user.email, 'setup_finished')).toHaveLength(1)
  await aDestination(two.actor)
  await aDestination(two.actor)
  await connect(seller.actor, two.actor)
  expect(await listConnections(two.actor)).toMatchObject([{ setup: 'setting_up', destination: null }])
})

test('where leads go is for the buyer to choose, among its own destinations', async () => {
  const [seller, buyer, other] = [await aSeller(), await aBuyer(), await aBuyer()]
  const connectionId = await connect(seller.actor, buyer.actor, {
    permissions: { endpoint_url: false, authentication: true, field_mappings: true, test_mode: true },
  })
  const mine = await aDestination(buyer.actor, { status: 'draft' })
  const theirs = await aDestination(other.actor)
  const sellers = await aDestination(seller.actor)
  expect(refusal(await setDelivery(buyer.actor, { connectionId, destinationId: theirs })).kind).toBe('not-found')
  expect(refusal(await setDelivery(seller.actor, { connectionId, destinationId: sellers })).kind).toBe('forbidden')
  expect(refusal(await setDelivery(other.actor, { connectionId, destinationId: theirs })).kind).toBe('not-found')
  must(await setDelivery(buyer.actor, { connectionId, destinationId: mine }))
  const elsewhere = await aDestination(buyer.actor)
  expect(refusal(await setDelivery(buyer.actor, { connectionId, destinationId: elsewhere })).kind).toBe('forbidden')
})

test("someone else's connection is not found", async () => {
  const [seller, buyer, { actor }] = [await aSeller(), await aBuyer(), await aSeller()]
  const id = await connect(seller.actor, buyer.actor)
  for (const ask of [
    getConnection(actor, id),
    pauseConnection(actor, { id }),
    resumeConnection(actor, { id }),
    revokeConnection(actor, { id }),
  ]) {
    expect(refusal(await ask).kind).toBe('not-found')
  }
  expect(refusal(await getConnection(actor, uuidv7()))).toEqual(refusal(await getConnection(actor, id)))
  expect(await listConnections(actor)).toEqual([])
})

test('a seller never sees where its buyer receives leads', async () => {
  const [seller, buyer] = [await aSeller(), await aBuyer({ name: 'Acme Partners' })]
  const flowId = await aFlow(seller.actor)
  const id = await connect(seller.actor, buyer.actor, { flow_id: flowId, step_id: 'partner' })
  const destinationId = await aDestination(buyer.actor, { name: 'Secret CRM' })
  must(await setDelivery(buyer.actor, { connectionId: id, destinationId }))
  must(await publishFlow(seller.actor, { flowId }))
  const view = must(await getConnection(seller.actor, id))
  expect(view).toMatchObject({
    side: 'seller',
    endpoint: 'Configured by buyer',
    authentication: '**** Hidden ****',
    setup: 'ready',
    partner: { name: 'Acme Partners' },
    sharedFields: ['email', 'phone_1'],
    steps: [{ flowId, stepId: 'partner', in: 'live' }],
  })
  const log = await db().select().from(auditEntries).where(eq(auditEntries.accountId, seller.account.id))
  const everything = JSON.stringify([
    view,
    await listConnections(seller.actor),
    await pageInvitations(seller.actor),
    await stepsOfConnection(seller.actor, id),
    await getFlow(seller.actor, flowId),
    log,
  ])
  for (const secret of ['hiddenbuyer', 'intake', 'partner-code-4711', 'mail_of_person', 'Secret CRM', destinationId]) {
    expect(everything).not.toContain(secret)
  }
})

test('a buyer never sees sources, costs or other buyers of its seller', async () => {
  const [seller, buyer, rival] = [
    await aSeller({ name: 'Golden Leads' }),
    await aBuyer(),
    await aBuyer({ name: 'Rival Buyers' }),
  ]
  const flowId = await aFlow(seller.actor)
  must(await createSource(seller.actor, { flowId, name: 'Hidden Source', settings: { price: { cost: 17.31 } } }))
  await connect(seller.actor, rival.actor, { flow_id: flowId })
  const id = await connect(seller.actor, buyer.actor, { flow_id: flowId, step_id: 'partner', message: 'Welcome' })
  const view = must(await getConnection(buyer.actor, id))
  expect(view).toMatchObject({
    side: 'buyer',
    partner: { name: 'Golden Leads' },
    flowName: 'Insurance Leads - California',
    message: 'Welcome',
    destination: null,
    delivery: { method: 'POST', format: 'json', timeoutSeconds: 30 },
    setup: 'setting_up',
  })
  const everything = JSON.stringify([view, await listConnections(buyer.actor)])
  for (const secret of ['Hidden Source', '17.31', 'Rival', seller.user.email]) expect(everything).not.toContain(secret)
})

test('both sides see how deliveries went, each from its own figures', async () => {
  const [seller, buyer] = [await aSeller(), await aBuyer()]
  const id = await connect(seller.actor, buyer.actor)
  const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000)
  const row = { hour, subjectId: id, latencyBucket: 5 }
  await db()
    .insert(rollups)
    .values([
      {
        ...row,
        accountId: seller.account.id,
        subject: 'connection',
        outcome: 'accepted',
        slot: 0,
        count: 6,
        cents: 27_000,
      },
      {
        ...row,
        accountId: seller.account.id,
        subject: 'connection',
        outcome: 'accepted',
        slot: 1,
        count: 2,
        cents: 9_000,
      },
      { ...row, accountId: seller.account.id, subject: 'connection', outcome: 'error', slot: 0, count: 2, cents: 0 },
      { ...row, accountId: buyer.account.id, subject: 'bought', outcome: 'accepted', slot: 0, count: 8, cents: 36_000 },
    ])
  const sold = must(await getConnection(seller.actor, id))
  expect(sold.stats).toMatchObject({ delivered: 10, accepted: 8, errors: 2, acceptanceRate: 0.8, cents: 36_000 })
  expect(sold.health).toBe('degraded')
  expect(must(await getConnection(buyer.actor, id))).toMatchObject({
    health: 'healthy',
    stats: { delivered: 8, acceptanceRate: 1 },
  })
})
