import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '../../db/client'
import { auditEntries, connections, invitations, users } from '../../db/schema/index'
import { aBuyer, aSeller, must, refusal, testDatabase } from '../../db/testing/index'
import { getFlow } from '../flows/index'
import {
  acceptAsNewAccount,
  acceptInvitation,
  createInvitation,
  declineInvitation,
  findInvitation,
  listConnections,
  pageConnections,
  pageInvitations,
  resendInvitation,
  revokeInvitation,
} from './index'
import { aFlow, connect, invite, mailsTo, tokenIn } from './testing'

testDatabase()

const week = 7 * 86_400_000

const expire = (id: string) =>
  db()
    .update(invitations)
    .set({ sentAt: new Date(Date.now() - week - 1000), expiresAt: new Date(Date.now() - 1000) })
    .where(eq(invitations.id, id))

test('an invitation is mailed with a link that shows what is offered; only its hash is kept', async () => {
  const seller = await aSeller({ name: 'Golden Leads' })
  const flowId = await aFlow(seller.actor)
  const { invitation, token } = await invite(seller.actor, 'buyer@acme.example', {
    flow_id: flowId,
    step_id: 'partner',
    message: 'Expected volume: 500-1000 leads/day',
    permissions: { endpoint_url: true, authentication: true, field_mappings: false, test_mode: true },
  })
  const [mail] = await mailsTo('buyer@acme.example', 'invitation')
  expect(mail?.subject).toBe('Connection Request from Golden Leads')
  expect(mail?.text).toContain("You've been invited to connect to receive leads.")
  expect(mail?.replyTo).toBe(seller.user.email)
  expect(token).toHaveLength(43)
  expect(await findInvitation(token)).toMatchObject({
    seller: 'Golden Leads',
    flow: 'Insurance Leads - California',
    message: 'Expected volume: 500-1000 leads/day',
    sharedFields: ['email', 'phone_1'],
    permissions: { field_mappings: false },
    invitedBy: seller.user.name,
    email: 'buyer@acme.example',
    status: 'pending',
  })
  expect(JSON.stringify([await db().select().from(invitations), await db().select().from(auditEntries)])).not.toContain(
    token,
  )
  const days = (Date.parse(invitation.expiresAt) - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(6.9)
  expect(days).toBeLessThanOrEqual(7)
})

test('the invited step of the draft knows its invitation and starts inactive', async () => {
  const { actor } = await aSeller()
  const flowId = await aFlow(actor)
  const { invitation } = await invite(actor, 'step@acme.example', {
    flow_id: flowId,
    step_id: 'partner',
    shared_fields: ['email', 'state'],
  })
  const flow = must(await getFlow(actor, flowId))
  expect(flow.draft.steps[0]).toMatchObject({
    connection: { method: 'invite', invitation_id: invitation.id, shared_fields: ['email', 'state'] },
    rules: { active: false, price: 45 },
  })
  expect(flow.steps).toMatchObject([
    { setup: 'waiting_for_acceptance', blocked: 'Waiting for the buyer', invitedEmail: 'step@acme.example' },
  ])
})

test('an invitation can be accepted once, whoever clicks first', async () => {
  const seller = await aSeller()
  const { token } = await invite(seller.actor, 'race@acme.example')
  const rivals = [await aBuyer(), await aBuyer(), await aSeller(), await aBuyer()]
  const results = await Promise.all(rivals.map(({ actor }) => acceptInvitation(actor, { token })))
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  const refused = results.filter((result) => !result.ok).map(refusal)
  expect(new Set(refused.map((each) => each.message))).toEqual(new Set(['This invitation has already been accepted.']))
  expect(await listConnections(seller.actor)).toHaveLength(1)
  expect((await findInvitation(token))?.status).toBe('accepted')
})

test('an expired invitation says so and is not accepted, until it is sent again', async () => {
  const seller = await aSeller()
  const buyer = await aBuyer()
  const { invitation, token } = await invite(seller.actor, buyer.user.email)
  await expire(invitation.id)
  expect((await findInvitation(token))?.status).toBe('expired')
  expect(await pageInvitations(seller.actor)).toMatchObject({ data: [{ status: 'expired' }] })
  expect(refusal(await acceptInvitation(buyer.actor, { token })).message).toMatch(/expired/)
  const again = must(await resendInvitation(seller.actor, { id: invitation.id }))
  expect(again).toMatchObject({ status: 'pending', sentCount: 2 })
  must(await acceptInvitation(buyer.actor, { token: await tokenIn(buyer.user.email) }))
})

test('sending again voids the old link and may go to another address', async () => {
  const seller = await aSeller()
  const buyer = await aBuyer()
  const { invitation, token } = await invite(seller.actor, 'typo@acme.example')
  must(await resendInvitation(seller.actor, { id: invitation.id, email: 'right@acme.example' }))
  expect(await findInvitation(token)).toBeUndefined()
  expect(refusal(await acceptInvitation(buyer.actor, { token }))).toEqual(
    refusal(await acceptInvitation(buyer.actor, { token: 'never-was' })),
  )
  expect((await findInvitation(await tokenIn('right@acme.example')))?.email).toBe('right@acme.example')
})

test('a revoked and a declined invitation are over', async () => {
  const seller = await aSeller()
  const buyer = await aBuyer()
  const revoked = await invite(seller.actor, 'revoked@acme.example')
  must(await revokeInvitation(seller.actor, { id: revoked.invitation.id }))
  expect(refusal(await acceptInvitation(buyer.actor, { token: revoked.token })).message).toMatch(/taken back/)
  const declined = await invite(seller.actor, 'declined@acme.example')
  must(await declineInvitation({ token: declined.token }))
  expect(refusal(await acceptInvitation(buyer.actor, { token: declined.token })).message).toMatch(/declined/)
  expect(refusal(await resendInvitation(seller.actor, { id: declined.invitation.id })).kind).toBe('conflict')
  expect(await listConnections(buyer.actor)).toEqual([])
})

test('an account cannot connect to itself, and its invitation stays open for someone else', async () => {
  const seller = await aSeller()
  const { token } = await invite(seller.actor, seller.user.email)
  expect(refusal(await acceptInvitation(seller.actor, { token })).message).toMatch(/cannot connect to itself/)
  expect((await findInvitation(token))?.status).toBe('pending')
})

test('a second invitation between the same two accounts reuses their connection', async () => {
  const [seller, buyer] = [await aSeller(), await aBuyer()]
  const first = await connect(seller.actor, buyer.actor)
  const second = await connect(seller.actor, buyer.actor, {
    permissions: { endpoint_url: false, authentication: true, field_mappings: true, test_mode: true },
  })
  expect(second).toBe(first)
  expect(await listConnections(buyer.actor)).toMatchObject([{ id: first, permissions: { endpoint_url: false } }])
  expect(await db().select().from(connections).where(eq(connections.buyerAccountId, buyer.account.id))).toHaveLength(1)
})

test('two invitations of the same pair accepted at once end in one connection', async () => {
  const [seller, buyer] = [await aSeller(), await aBuyer()]
  const one = await invite(seller.actor, 'one@acme.example')
  const two = await invite(seller.actor, 'two@acme.example')
  const accepted = await Promise.all([one, two].map(({ token }) => acceptInvitation(buyer.actor, { token })))
  expect(new Set(accepted.map((result) => must(result).connectionId)).size).toBe(1)
})

test('whoever has no account yet makes one by accepting, on the partner plan', async () => {
  const seller = await aSeller()
  const { token } = await invite(seller.actor, 'new@acme.example')
  const person = { token, company: 'Acme', name: 'Ann Acme', password: 'correct horse battery' }
  expect(refusal(await acceptAsNewAccount({ ...person, password: 'short' })).issues?.[0]?.path).toBe('password')
  expect((await findInvitation(token))?.status).toBe('pending')
  const made = must(await acceptAsNewAccount(person))
  expect(made).toMatchObject({ account: { name: 'Acme', plan: 'partner' }, user: { email: 'new@acme.example' } })
  expect(await listConnections(seller.actor)).toMatchObject([{ id: made.connectionId, partner: { name: 'Acme' } }])
  expect(refusal(await acceptAsNewAccount(person)).message).toMatch(/already been accepted/)
  expect(await db().select().from(users).where(eq(users.email, 'new@acme.example'))).toHaveLength(1)
})

test('the seller is mailed when its invitation is accepted', async () => {
  const seller = await aSeller()
  const buyer = await aBuyer({ name: 'Acme Partners' })
  await connect(seller.actor, buyer.actor)
  expect(await mailsTo(seller.user.email, 'connection_accepted')).toMatchObject([
    { subject: 'Acme Partners accepted your connection request' },
  ])
})

test('invitations and connections are read a page at a time, newest first', async () => {
  const seller = await aSeller()
  const buyers = [await aBuyer(), await aBuyer(), await aBuyer()]
  const made: string[] = []
  for (const buyer of buyers) made.unshift(await connect(seller.actor, buyer.actor))
  const first = await pageConnections(seller.actor, { side: 'seller', limit: 2 })
  expect(first.data.map(({ id }) => id)).toEqual(made.slice(0, 2))
  const rest = await pageConnections(seller.actor, { limit: 2, cursor: first.nextCursor })
  expect(rest.data.map(({ id }) => id)).toEqual(made.slice(2))
  expect(rest.nextCursor).toBeUndefined()
  expect(await pageConnections(seller.actor, { side: 'buyer' })).toEqual({ data: [] })

  const { invitation: open } = await invite(seller.actor, 'open@acme.example')
  const sent = await pageInvitations(seller.actor, { limit: 3 })
  expect(sent.data[0]?.id).toBe(open.id)
  const older = await pageInvitations(seller.actor, { limit: 3, cursor: sent.nextCursor })
  expect([sent.data.length, older]).toMatchObject([3, { data: [{ status: 'accepted' }] }])
  expect((await pageInvitations(seller.actor, { open: 'true' })).data.map(({ id }) => id)).toEqual([open.id])
})

test("someone else's invitation, flow or step is not found", async () => {
  const [mine, { actor }] = [await aSeller(), await aSeller()]
  const flowId = await aFlow(mine.actor)
  const { invitation } = await invite(mine.actor, 'mine@acme.example', { flow_id: flowId, step_id: 'partner' })
  expect(refusal(await createInvitation(actor, { email: 'a@b.example', flow_id: flowId })).kind).toBe('not-found')
  expect(
    refusal(await createInvitation(mine.actor, { email: 'a@b.example', flow_id: flowId, step_id: 'none' })).kind,
  ).toBe('not-found')
  expect(refusal(await resendInvitation(actor, { id: invitation.id })).kind).toBe('not-found')
  expect(refusal(await revokeInvitation(actor, { id: invitation.id })).kind).toBe('not-found')
  expect(await pageInvitations(actor)).toEqual({ data: [] })
})

test('only accounts that sell invite, and a refusal names what is wrong', async () => {
  const [buyer, seller] = [await aBuyer(), await aSeller()]
  expect(refusal(await createInvitation(buyer.actor, { email: 'a@b.example' })).kind).toBe('forbidden')
  const refused = refusal(
    await createInvitation(seller.actor, { email: 'nobody', purpose: 'dance', expires_in_days: 90 }),
  )
  expect(refused.issues?.map((issue) => issue.path).sort()).toEqual(['email', 'expires_in_days', 'purpose'])
})
