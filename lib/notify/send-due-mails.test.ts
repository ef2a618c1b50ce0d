import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { db } from '../../db/client'
import { outboxMails } from '../../db/schema/records'
import { anSmtpServer, aSeller, testDatabase } from '../../db/testing/index'
import { env } from '../env'
import { dayMs, minuteMs } from '../time'
import { listOutboxMails, queueMail, sendDueMails } from './index'
import { pauseMs } from './send-due-mails'
import type { Transport } from './transport'
import { resendTransport, smtpTransport } from './transports'

testDatabase()

beforeEach(async () => {
  await db().delete(outboxMails)
})

const mail = {
  kind: 'invitation',
  to: 'buyer@bright.test',
  replyTo: 'ann@acme.test',
  subject: 'Connection Request from Acme',
  html: '<p>token-123</p>',
  text: 'token-123',
} as const

const rowOf = async (id: string) => (await db().select().from(outboxMails).where(eq(outboxMails.id, id)))[0]
const makeDue = () =>
  db()
    .update(outboxMails)
    .set({ dueAt: new Date(0) })

async function listening(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return JSON.parse(Buffer.concat(parts).toString())
}

/** Speaks Resend's API: 200 `{id}`, or the error that `answer` names. */
async function aResend(answer: { status: number }) {
  const received: { key: unknown; authorization: unknown; path: unknown; body: Record<string, unknown> }[] = []
  const server = createServer(async (request, response) => {
    const { 'idempotency-key': key, authorization } = request.headers
    received.push({ key, authorization, path: request.url, body: await bodyOf(request) })
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    const error = { statusCode: answer.status, name: 'internal_server_error', message: 'Something went wrong.' }
    response.end(JSON.stringify(answer.status === 200 ? { id: 're_1' } : error))
  })
  const port = await listening(server)
  const baseUrl = `http://127.0.0.1:${port}`
  return { received, transport: resendTransport({ apiKey: 're_test', from: 'Baton <baton@acme.test>', baseUrl }) }
}

test('a mail is sent if and only if the change that causes it is made', async () => {
  await db()
    .transaction(async (tx) => {
      await queueMail(tx, mail)
      throw new Error('the change fails')
    })
    .catch(() => {})
  expect(await sendDueMails()).toBe(0)
})

test('a mail is sent once by two senders at the same time, through Resend with its own idempotency key', async () => {
  const { received, transport } = await aResend({ status: 200 })
  const ids = await Promise.all(Array.from({ length: 25 }, async () => (await queueMail(db(), mail)).id))
  const sent = await Promise.all([sendDueMails(transport), sendDueMails(transport)])
  expect(sent.reduce((sum, count) => sum + count)).toBe(25)
  expect(received.map(({ key }) => key).sort()).toEqual([...ids].sort())
  expect(received[0]).toMatchObject({
    path: '/emails',
    authorization: 'Bearer re_test',
    body: {
      from: 'Baton <baton@acme.test>',
      to: [mail.to],
      subject: mail.subject,
      reply_to: mail.replyTo,
      html: mail.html,
    },
  })
  expect(await sendDueMails(transport)).toBe(0)
})

test('what was sent is forgotten, but for when and to whom', async () => {
  const { transport } = await aResend({ status: 200 })
  const { actor } = await aSeller()
  const { id } = await queueMail(db(), { ...mail, accountId: actor.accountId })
  await sendDueMails(transport)
  const row = await rowOf(id)
  expect(row).toMatchObject({ html: '', text: '', to: mail.to, attempts: 1, gaveUp: false })
  expect(row?.sentAt).toBeInstanceOf(Date)
})

test("a provider's outage delays a mail and loses none, and each try carries the same key", async () => {
  const answer = { status: 503 }
  const { received, transport } = await aResend(answer)
  const { id } = await queueMail(db(), mail)
  expect(await sendDueMails(transport)).toBe(0)
  expect(await rowOf(id)).toMatchObject({
    attempts: 1,
    sentAt: null,
    lastError: expect.stringContaining('Something went wrong'),
  })
  expect(await sendDueMails(transport)).toBe(0)
  expect(received).toHaveLength(1)

  answer.status = 200
  await makeDue()
  expect(await sendDueMails(transport)).toBe(1)
  expect(received.map(({ key }) => key)).toEqual([id, id])
  expect(received[1]?.body).toMatchObject({ text: mail.text })
})

test('a mail whose sender died on the way is taken by another after its lease', async () => {
  const dies: Transport = { name: 'outbox', send: () => new Promise<never>(() => {}) }
  const { id } = await queueMail(db(), mail)
  void sendDueMails(dies)
  await expect.poll(async () => ((await rowOf(id))?.dueAt.getTime() ?? 0) > Date.now() + minuteMs).toBe(true)
  const { transport } = await aResend({ status: 200 })
  expect(await sendDueMails(transport)).toBe(0)
  await makeDue()
  expect(await sendDueMails(transport)).toBe(1)
})

test('after 24 hours of failures a mail is given up and its text forgotten', async () => {
  const { received, transport } = await aResend({ status: 500 })
  const { id } = await queueMail(db(), mail)
  await db()
    .update(outboxMails)
    .set({ createdAt: new Date(Date.now() - dayMs) })
  await sendDueMails(transport)
  expect(await rowOf(id)).toMatchObject({ gaveUp: true, html: '', text: '', sentAt: null })
  await makeDue()
  await sendDueMails(transport)
  expect(received).toHaveLength(1)
})

test('pauses grow to half an hour, and differ', () => {
  expect([1, 2, 3, 20].map((attempts) => pauseMs(attempts, 0.5))).toEqual([5_000, 10_000, 20_000, 30 * minuteMs])
  expect(pauseMs(1, 0)).toBeLessThan(pauseMs(1, 1))
})

test('mail goes out by SMTP with the sender to reply to; a server that is down delays it', async () => {
  const gone = smtpTransport({ url: 'smtp://127.0.0.1:1', from: 'baton@acme.test' })
  const { id } = await queueMail(db(), mail)
  expect(await sendDueMails(gone)).toBe(0)
  expect(await rowOf(id)).toMatchObject({ attempts: 1, sentAt: null })

  const { received, url } = await anSmtpServer()
  await makeDue()
  expect(await sendDueMails(smtpTransport({ url, from: 'Baton <baton@acme.test>' }))).toBe(1)
  expect(received).toHaveLength(1)
  expect(received[0]?.headers).toMatchObject({
    to: 'buyer@bright.test',
    'reply-to': 'ann@acme.test',
    subject: mail.subject,
    'message-id': expect.stringContaining(`<${id}@`),
  })
})

test('with no provider a mail becomes one complete file that only its owner can read', async () => {
  const first = await queueMail(db(), mail)
  const { replyTo: _, ...unanswerable } = mail
  const second = await queueMail(db(), { ...unanswerable, kind: 'setup_finished', subject: 'Ready' })
  expect(await sendDueMails()).toBe(2)

  const folder = join(env().dataDir, 'outbox')
  const files = (await readdir(folder)).sort()
  expect(files.map((file) => file.slice(-41, -5))).toEqual([first.id, second.id])
  const [path = ''] = files.map((file) => join(folder, file))
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    kind: 'invitation',
    sent_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    reply_to: mail.replyTo,
  })
  expect((await stat(path)).mode & 0o077).toBe(0)
  await writeFile(join(folder, 'zzz.json'), 'not a mail')
  expect((await listOutboxMails()).map(({ kind }) => kind)).toEqual(['setup_finished', 'invitation'])
})
