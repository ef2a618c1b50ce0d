import { beforeAll, expect, test } from 'vitest'
import { aLiveFlow, aSeller, must, type Someone, testDatabase } from '../../db/testing/index'
import { intakeApp } from '../api/index'
import { listAudit } from '../audit/index'
import { listOutboxMails, sendDueMails } from '../notify/index'
import { startRuntime } from '../runtime'
import { getMailTemplate, previewMail, resetMailTemplate, saveMailTemplate, sendTestMail } from './index'

testDatabase()

let seller: Someone
beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
})

const to = ['desk@buyer.test']
const step = {
  id: 'desk',
  type: 'buyer' as const,
  name: 'Desk',
  connection: { method: 'email' as const, email: { to } },
}
const fields = [{ name: 'email', type: 'email' as const }]

async function sellOne(path: string, email: string) {
  await intakeApp.request(path, { method: 'POST', body: new URLSearchParams({ email }) })
  await sendDueMails()
  return (await listOutboxMails())[0]
}

test('the account’s template counts from the next lead on, part by part, until it is reset', async () => {
  const flow = await aLiveFlow(seller.actor, { fields, steps: [step] })
  expect(await getMailTemplate(seller.actor)).toMatchObject({ changed: false, updatedAt: null })
  const own = { subject: 'Meridian: {{lead.email}}', reply_to: 'ops@meridian.test' }
  const saved = must(await saveMailTemplate(seller.actor, own))
  expect(saved).toMatchObject({ ...own, changed: true, html: saved.builtIn.html })
  expect(await sellOne(flow.path, 'a@example.com')).toMatchObject({
    subject: 'Meridian: a@example.com',
    reply_to: 'ops@meridian.test',
    text: expect.stringContaining('Email: a@example.com'),
  })
  expect(must(await resetMailTemplate(seller.actor))).toMatchObject({ changed: false, subject: saved.builtIn.subject })
  expect((await sellOne(flow.path, 'b@example.com'))?.subject).toMatch(/^New lead/)
  const actions = (await listAudit(seller.actor)).entries.map(({ action }) => action)
  expect(actions.filter((action) => action.startsWith('mail-template'))).toEqual([
    'mail-template.reset',
    'mail-template.save',
  ])
})

test('one that can’t be read is refused with its place, and the old one stays', async () => {
  const refused = await saveMailTemplate(seller.actor, { html: '<p>{{ lead.email | shout }}</p>' })
  expect(refused).toMatchObject({
    ok: false,
    error: {
      kind: 'invalid',
      issues: [{ path: 'html', message: expect.stringMatching(/no filter “shout” \(line 1, character \d+\)/) }],
    },
  })
  expect((await getMailTemplate(seller.actor)).changed).toBe(false)
})

test('viewers look, and another account’s template and leads are its own', async () => {
  const viewer = { ...seller.actor, role: 'viewer' as const }
  expect(await saveMailTemplate(viewer, { subject: 'x' })).toMatchObject({ ok: false, error: { kind: 'forbidden' } })
  expect(await sendTestMail(viewer, { email: { to } })).toMatchObject({ ok: false, error: { kind: 'forbidden' } })
  const flow = await aLiveFlow(seller.actor, { fields, steps: [step] })
  const answer = await intakeApp.request(flow.path, {
    method: 'POST',
    body: new URLSearchParams({ email: 'own@example.com' }),
  })
  const { lead } = (await answer.json()) as { lead: { id: string } }
  const asked = { email: { to }, fields, leadId: lead.id }
  expect(must(await previewMail(seller.actor, asked)).text).toContain('own@example.com')
  expect(must(await previewMail(seller.actor, { email: { to }, leadId: lead.id })).text).toContain('own@example.com')
  const other = await aSeller()
  expect(await previewMail(other.actor, asked)).toMatchObject({ ok: false, error: { kind: 'not-found' } })
})

test('a preview shows the mail and its problems, and sends nothing', async () => {
  const shown = must(
    await previewMail(seller.actor, { email: { to: ['desk'], subject: '{{lead.x}} {{lead.email}}' }, fields }),
  )
  expect(shown).toMatchObject({
    subject: '[TEST] test@example.com',
    problems: [{ path: 'email.to.0' }, { path: 'email.subject', message: 'There is no field “x” in this flow.' }],
  })
})

test('a test mail goes to who asks for it, and to no address that it names', async () => {
  const sent = must(await sendTestMail(seller.actor, { email: { to, cc: ['boss@buyer.test'] } }))
  expect(sent.to).toBe(seller.actor.userEmail)
  const [mail] = await listOutboxMails()
  expect(mail).toMatchObject({ to: seller.actor.userEmail, subject: expect.stringMatching(/^\[TEST\]/) })
  expect(mail).not.toHaveProperty('cc')
})
