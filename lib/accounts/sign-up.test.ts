import { expect, test } from 'vitest'
import { aSeller, testDatabase } from '../../db/testing/index'
import { listAudit } from '../audit/index'
import {
  createAccount,
  listMembers,
  listMemberships,
  loadActor,
  signIn,
  signUp,
  touchSession,
  updateAccount,
} from './index'

testDatabase()

const password = 'a long enough password'
const company = { company: 'Acme Leads', name: 'Ann Smith', email: 'Ann@Acme.test', password }

test('signing up makes an account with its owner, who can sign in; the first one runs the installation', async () => {
  const first = await signUp(company)
  if (!first.ok) throw new Error(first.error.message)
  expect(first.value.account).toMatchObject({ name: 'Acme Leads', plan: 'full' })
  expect(first.value.user).toMatchObject({ name: 'Ann Smith', email: 'ann@acme.test' })
  const owner = await loadActor(first.value.user.id, first.value.account.id)
  expect(owner).toMatchObject({ role: 'owner', isOperator: true, accountName: 'Acme Leads' })

  const second = await signUp({ ...company, company: 'Later', email: 'later@acme.test' })
  if (!second.ok) throw new Error(second.error.message)
  expect(await loadActor(second.value.user.id, second.value.account.id)).toMatchObject({ isOperator: false })

  const signedIn = await signIn({ email: 'ANN@acme.test', password })
  expect(signedIn).toMatchObject({ ok: true, value: { user: { email: 'ann@acme.test' } } })
})

test('two people who sign up first at the same moment do not both run the installation', async () => {
  const both = await Promise.all(
    [1, 2].map((n) => signUp({ ...company, email: `first-${n}@acme.test` }, { plan: 'full' })),
  )
  const actors = await Promise.all(
    both.map((one) => (one.ok ? loadActor(one.value.user.id, one.value.account.id) : undefined)),
  )
  expect(actors.filter((actor) => actor?.isOperator).length).toBeLessThanOrEqual(1)
})

test('a company that came by invitation is on plan partner and never runs the installation', async () => {
  const partner = await signUp({ ...company, email: 'buyer@partner.test' }, { plan: 'partner' })
  if (!partner.ok) throw new Error(partner.error.message)
  const actor = await loadActor(partner.value.user.id, partner.value.account.id)
  expect(actor).toMatchObject({ plan: 'partner', isOperator: false })
})

test('signing up again with the right password makes a further account of the same person', async () => {
  const once = await signUp({ ...company, email: 'two@acme.test' })
  const again = await signUp({ ...company, company: 'Second company', name: 'Ignored', email: 'TWO@acme.test ' })
  if (!once.ok || !again.ok) throw new Error('both should have worked')
  expect(again.value.user).toEqual(once.value.user)
  const mine = await listMemberships(once.value.user.id)
  expect(mine.map(({ name }) => name)).toEqual(['Acme Leads', 'Second company'])
})

test('signing up with a known email and a wrong password is refused without telling that the email is known', async () => {
  await signUp({ ...company, email: 'known@acme.test' })
  const refused = await signUp({ ...company, email: 'known@acme.test', password: 'not the password' })
  expect(refused).toEqual({
    ok: false,
    error: { kind: 'conflict', message: 'We could not create that account. If you already have one, sign in.' },
  })
})

test('each thing wrong with a sign-up is named by its field', async () => {
  const refused = await signUp({ company: ' ', name: 'A\u0000', email: 'nobody', password: 'short' })
  if (refused.ok) throw new Error('should be refused')
  expect(refused.error.kind).toBe('invalid')
  expect(refused.error.issues?.map(({ path }) => path)).toEqual(['company', 'name', 'email', 'password'])
})

test('an unknown email and a wrong password get the same answer', async () => {
  await signUp({ ...company, email: 'same@acme.test' })
  const unknown = await signIn({ email: 'nobody@acme.test', password })
  const wrong = await signIn({ email: 'same@acme.test', password: 'not the password' })
  expect(unknown).toEqual(wrong)
  expect(wrong).toMatchObject({ ok: false, error: { kind: 'unauthenticated' } })
})

test('a person can own several accounts and sign in to the one they name', async () => {
  const first = await signUp({ ...company, email: 'many@acme.test' })
  if (!first.ok) throw new Error(first.error.message)
  const actor = await loadActor(first.value.user.id, first.value.account.id)
  if (!actor) throw new Error('no actor')
  const further = await createAccount(actor, { company: 'Further' })
  if (!further.ok) throw new Error(further.error.message)
  expect(further.value.plan).toBe('full')
  const arrived = await signIn({ email: 'many@acme.test', password })
  if (!arrived.ok) throw new Error(arrived.error.message)
  expect(await touchSession(arrived.value.sessionId)).toMatchObject({ accountName: 'Further' })
  const there = await signIn({ email: 'many@acme.test', password, accountId: first.value.account.id })
  if (!there.ok) throw new Error(there.error.message)
  expect(await touchSession(there.value.sessionId)).toMatchObject({ accountName: 'Acme Leads' })
  const { account: foreign } = await aSeller()
  const elsewhere = await signIn({ email: 'many@acme.test', password, accountId: foreign.id })
  expect(elsewhere).toMatchObject({ ok: false, error: { kind: 'forbidden' } })
})

test('members of another account are not seen, nor is their audit', async () => {
  const mine = await aSeller()
  const theirs = await aSeller()
  expect((await listMembers(mine.actor)).map(({ userId }) => userId)).toEqual([mine.user.id])
  expect(await loadActor(mine.user.id, theirs.account.id)).toBeUndefined()
  await updateAccount(theirs.actor, { name: 'Renamed', timeZone: 'America/New_York' })
  expect((await listAudit(theirs.actor)).entries).toMatchObject([
    { action: 'account.update', after: { name: 'Renamed' } },
  ])
  expect((await listAudit(mine.actor)).entries).toEqual([])
})

test('a member who is no admin cannot change the account', async () => {
  const { actor } = await aSeller({ role: 'member' })
  const refused = await updateAccount(actor, { name: 'Mine now', timeZone: 'UTC' })
  expect(refused).toMatchObject({ ok: false, error: { kind: 'forbidden' } })
})
