import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '../../db/client'
import { outboxMails } from '../../db/schema/index'
import { aBuyer, aSeller, must, refusal, testDatabase } from '../../db/testing/index'
import { intakeApp } from '../api/index'
import { acceptInvitation, createInvitation, setDelivery } from '../connections/index'
import { getEvent, listEvents } from '../events/index'
import { createFlow, createSource, publishFlow, saveDraft, setStepActive } from '../flows/index'
import { listOutboxMails, sendDueMails } from '../notify/index'
import { startRuntime } from '../runtime'
import {
  acknowledgeTest,
  createDestination,
  getDestination,
  goLive,
  listDestinations,
  testDestination,
  updateDestination,
} from './index'

testDatabase()

const to = ['leads@coastal.test', 'night@coastal.test']
const byMail = (email: Record<string, unknown> = {}) => ({
  name: 'Our desk',
  integration: 'email' as const,
  email: { to, ...email },
})

test('a destination by mail is set up, tried with a real mail marked as a test, and goes live', async () => {
  const { actor } = await aBuyer()
  const { id } = must(await createDestination(actor, byMail()))
  expect(refusal(await goLive(actor, { id })).message).toMatch(/test lead/)
  const tested = must(await testDestination(actor, { id }))
  expect(tested).toMatchObject({ passed: true, mail: { to, subject: expect.stringMatching(/^\[TEST\] New lead/) } })
  const [mail] = await listOutboxMails()
  expect(mail).toMatchObject({ to: to.join(', '), subject: tested.mail?.subject, headers: { 'X-Test-Mode': 'true' } })
  expect(mail?.html).toContain('test@example.com')
  must(await acknowledgeTest(actor, { id }))
  expect(must(await goLive(actor, { id })).status).toBe('live')
  expect(await listDestinations(actor)).toMatchObject([{ integration: 'email', url: to.join(', '), insecure: false }])
})

test('what is wrong with it is refused with its place', async () => {
  const { actor } = await aBuyer()
  expect(refusal(await createDestination(actor, byMail({ to: [] }))).issues).toMatchObject([{ path: 'email.to' }])
  expect(
    refusal(await createDestination(actor, byMail({ to: ['desk'], html: '{{lead.email | raw}}' }))).issues,
  ).toMatchObject([
    { path: 'email.to.0', message: '“desk” is not an email address.' },
    { path: 'email.html', message: expect.stringContaining('There is no filter “raw”') },
  ])
})

test('a change of a live one is mailed first, and its subject and words are the buyer’s own', async () => {
  const { actor } = await aBuyer()
  const { id } = must(await createDestination(actor, byMail()))
  must(await testDestination(actor, { id }))
  must(await acknowledgeTest(actor, { id }))
  must(await goLive(actor, { id }))
  const changed = must(await updateDestination(actor, { id, email: { to, subject: 'Lead {{lead.email}}' } }))
  expect(changed).toMatchObject({ status: 'live', lastTest: { mail: { subject: '[TEST] Lead test@example.com' } } })
  expect(must(await getDestination(actor, id)).config.email).toEqual({ to, subject: 'Lead {{lead.email}}' })
})

test('leads of a seller come by mail with what is shared; the seller never sees the addresses', async () => {
  await startRuntime('intake')
  const seller = await aSeller()
  const buyer = await aBuyer()
  const flow = must(await createFlow(seller.actor, { name: 'Insurance' }))
  const source = must(await createSource(seller.actor, { flowId: flow.id, name: 'Web form' }))
  const document = {
    fields: [
      { name: 'email', type: 'email' },
      { name: 'state', type: 'state' },
    ],
    steps: [
      {
        id: 'coastal',
        type: 'buyer',
        name: 'Coastal',
        connection: { method: 'invite', shared_fields: ['email'] },
        email: { to: ['me@meridian.test'], subject: 'Sold to Coastal: {{lead.state}}' },
        rules: { active: true, price: 45 },
      },
    ],
  }
  must(await saveDraft(seller.actor, { flowId: flow.id, document }))
  must(
    await createInvitation(seller.actor, {
      email: buyer.actor.userEmail ?? '',
      flow_id: flow.id,
      step_id: 'coastal',
    } as never),
  )
  const [mail] = await db()
    .select()
    .from(outboxMails)
    .where(eq(outboxMails.to, buyer.actor.userEmail ?? ''))
  const token = /\/invite\/([\w-]+)/.exec(mail?.text ?? '')?.[1]
  const { connectionId } = must(await acceptInvitation(buyer.actor, { token }))
  const { id } = must(await createDestination(buyer.actor, byMail()))
  must(await testDestination(buyer.actor, { id, connectionId }))
  must(await acknowledgeTest(buyer.actor, { id }))
  must(await goLive(buyer.actor, { id }))
  must(await setDelivery(buyer.actor, { connectionId, destinationId: id }))
  must(await publishFlow(seller.actor, { flowId: flow.id }))
  must(await setStepActive(seller.actor, { flowId: flow.id, stepId: 'coastal', active: true }))
  await db().delete(outboxMails)

  const body = new URLSearchParams({ email: 'ana@example.com', state: 'TX' })
  const answer = await intakeApp.request(`/flows/${flow.id}/sources/${source.id}/submit`, { method: 'POST', body })
  expect(await answer.json()).toMatchObject({ outcome: 'success' })
  expect(await sendDueMails()).toBe(2)
  const mails = (await listOutboxMails()).slice(0, 2)
  const toBuyer = mails.find((each) => each.to === to.join(', '))
  expect(toBuyer?.text).toContain('Email: ana@example.com')
  expect(JSON.stringify(toBuyer)).not.toContain('TX')
  expect(mails.find((each) => each.to === 'me@meridian.test')?.subject).toBe('Sold to Coastal: TX')

  const seen = async (actor: typeof seller.actor, side: 'seller' | 'buyer') => {
    const [event] = (await listEvents(actor, side, { type: 'delivery' })).data
    return must(await getEvent(actor, event?.id ?? ''))
  }
  const bySeller = await seen(seller.actor, 'seller')
  expect(bySeller).toMatchObject({
    configuredByBuyer: true,
    sentFields: ['email'],
    mailState: 'sent',
    mails: [{ to: ['me@meridian.test'], state: 'sent' }],
  })
  expect(JSON.stringify(bySeller)).not.toContain('coastal.test')
  const byBuyer = await seen(buyer.actor, 'buyer')
  expect(byBuyer).toMatchObject({ outcome: 'accepted', mailState: 'sent', mails: [{ to, state: 'sent' }] })
  expect(JSON.stringify(byBuyer)).not.toContain('meridian.test')
})
