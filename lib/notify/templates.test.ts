import { expect, test } from 'vitest'
import { connectionAcceptedMail, invitationMail, setupFinishedMail } from './index'

const invitation = {
  seller: 'Acme & Sons',
  flow: 'Auto insurance',
  message: 'We have leads for you.\nShall we talk?',
  link: 'https://baton.test/invite/token-123',
  expiresAt: new Date('2026-12-01T09:30:00Z'),
  sender: { name: 'Ann Smith', email: 'ann@acme.test' },
}

test('an invitation names the seller, the flow, the message, its link and its end, and answers go to the sender', async () => {
  const mail = await invitationMail(invitation)
  expect(mail).toMatchObject({
    kind: 'invitation',
    subject: 'Connection Request from Acme & Sons',
    replyTo: 'ann@acme.test',
  })
  for (const words of [
    "You've been invited to connect to receive leads.",
    'Flow: Auto insurance',
    'We have leads for you.\nShall we talk?',
    'Accept Invite to Connect',
    'https://baton.test/invite/token-123',
    'December 1, 2026 at 9:30 AM UTC',
  ]) {
    expect(mail.text).toContain(words)
  }
  expect(mail.html).toContain('href="https://baton.test/invite/token-123"')
  expect(mail.html).toContain('Accept Invite to Connect')
  expect(mail.html).toContain('Flow: Auto insurance')
})

test('an invitation without a flow or message leaves them out', async () => {
  const mail = await invitationMail({ ...invitation, flow: undefined, message: '  ' })
  expect(mail.text).not.toContain('Flow:')
  expect(mail.html).not.toContain('border-left')
})

test('what people type into a mail stays text, and a subject stays on its line', async () => {
  const mail = await invitationMail({
    ...invitation,
    seller: 'Evil\r\nBcc: all@acme.test',
    message: '<script>alert(1)</script><a href="https://phish.test">win</a>',
  })
  expect(mail.subject).toBe('Connection Request from Evil Bcc: all@acme.test')
  expect(mail.html).not.toContain('<script>')
  expect(mail.html).not.toContain('<a href="https://phish.test"')
})

test('the seller is told of the acceptance and of the finished setup', async () => {
  const news = { buyer: 'Bright Insurance', flow: 'Auto insurance', link: 'https://baton.test/seller/connections/1' }
  const [accepted, finished] = await Promise.all([connectionAcceptedMail(news), setupFinishedMail(news)])
  expect(accepted).toMatchObject({
    kind: 'connection_accepted',
    subject: 'Bright Insurance accepted your connection request',
  })
  expect(finished).toMatchObject({ kind: 'setup_finished', subject: 'Bright Insurance is ready to receive leads' })
  for (const mail of [accepted, finished]) expect(mail.text).toContain(news.link)
})
