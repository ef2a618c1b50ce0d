import { and, asc, eq, inArray, isNull, lte, not, sql } from 'drizzle-orm'
import { db, type Tx } from '../../db/client'
import { events } from '../../db/schema/lead-log'
import { outboxMails } from '../../db/schema/records'
import { now } from '../clock'
import { log } from '../log'
import { dayMs, minuteMs, secondMs } from '../time'
import type { OutgoingMail, Transport } from './transport'
import { configuredTransport } from './transports'

type Row = typeof outboxMails.$inferSelect

const batchSize = 10
const batchesMax = 20
/** Longer than a send may take, so that nobody else takes a mail that is on its way. */
const leaseMs = 2 * minuteMs
const giveUpAfterMs = dayMs

/**
 * Sends the mails that are due, at most 200 a call, and answers how many went out. Any number of processes may call it at once:
 * each mail is taken by one of them. A failure is tried again with growing pauses for 24 hours, then given up. What was
 * sent or given up loses its text, which may hold a token.
 */
export async function sendDueMails(transport: Transport = configuredTransport()): Promise<number> {
  let sent = 0
  for (let batch = 0; batch < batchesMax; batch++) {
    const mails = await takeDue()
    const results = await Promise.all(mails.map((mail) => sendOne(transport, mail)))
    const delivered = results.filter(Boolean).length
    sent += delivered
    if (mails.length < batchSize || delivered === 0) break
  }
  return sent
}

/** Takes due mails for the length of a lease, in a transaction of its own: nothing is sent inside one. */
function takeDue(): Promise<Row[]> {
  return db().transaction(async (tx) => {
    const due = await tx
      .select()
      .from(outboxMails)
      .where(and(isNull(outboxMails.sentAt), not(outboxMails.gaveUp), lte(outboxMails.dueAt, new Date(now()))))
      .orderBy(asc(outboxMails.dueAt))
      .limit(batchSize)
      .for('update', { skipLocked: true })
    const ids = due.map((mail) => mail.id)
    if (ids.length > 0) {
      const dueAt = new Date(now() + leaseMs)
      await tx.update(outboxMails).set({ dueAt }).where(inArray(outboxMails.id, ids))
    }
    return due
  })
}

/** What no longer has to be known of a mail. The subject of a lead's names a person. */
const forgotten = ({ kind, subject }: Row) => ({
  html: '',
  text: '',
  attachment: null,
  subject: kind === 'lead' ? '' : subject,
})

function outgoing(mail: Row, sentAt: number): OutgoingMail {
  const { id, kind, to, cc, replyTo, subject, html, text, headers, attachment } = mail
  return {
    ...{ id, kind, to, subject, html, text, sentAt },
    ...(cc && { cc }),
    ...(replyTo && { replyTo }),
    ...(headers && { headers }),
    ...(attachment && { attachment }),
  }
}

async function sendOne(transport: Transport, mail: Row): Promise<boolean> {
  const sentAt = now()
  let refused: string[]
  try {
    refused = (await transport.send(outgoing(mail, sentAt))).refused
  } catch (error) {
    await putOff(mail, error)
    return false
  }
  const lastError = refused.length > 0 ? `Refused by the mail server: ${refused.join(', ')}` : null
  const sent = { sentAt: new Date(sentAt), attempts: mail.attempts + 1, lastError, ...forgotten(mail) }
  await db().transaction(async (tx) => {
    await tx.update(outboxMails).set(sent).where(eq(outboxMails.id, mail.id))
    if (lastError !== null)
      await alertOnEvent(tx, mail, 'The mail with this lead did not reach all its addresses', lastError)
  })
  return true
}

async function putOff(mail: Row, error: unknown): Promise<void> {
  const attempts = mail.attempts + 1
  const lastError = String(error instanceof Error ? error.message : error).slice(0, 500)
  const gaveUp = now() - mail.createdAt.getTime() >= giveUpAfterMs
  log[gaveUp ? 'error' : 'warn']({ mail: mail.id, kind: mail.kind, attempts, lastError }, 'A mail could not be sent')
  await db().transaction(async (tx) => {
    await tx
      .update(outboxMails)
      .set({ attempts, lastError, gaveUp, dueAt: new Date(now() + pauseMs(attempts)), ...(gaveUp && forgotten(mail)) })
      .where(eq(outboxMails.id, mail.id))
    if (gaveUp) {
      await alertOnEvent(tx, mail, 'The mail with this lead could not be delivered in 24 hours of trying', lastError)
    }
  })
}

/** Says on the delivery, to every side that sees it, what its mail came to; what the mail server said, to the sender's. */
async function alertOnEvent(tx: Tx, { eventId, accountId }: Row, words: string, lastError: string): Promise<void> {
  if (!eventId) return
  const alert = sql`case when ${events.accountId} = ${accountId}::uuid then ${`${words}: ${lastError}`} else ${`${words}.`} end`
  await tx
    .update(events)
    .set({ detail: sql`coalesce(${events.detail}, '{}') || jsonb_build_object('alert', ${alert})` })
    .where(eq(events.id, eventId))
}

/** Five seconds, doubling to half an hour, give or take a quarter, so that what failed together does not return together. */
export const pauseMs = (attempts: number, chance = Math.random()): number =>
  Math.min(5 * secondMs * 2 ** (attempts - 1), 30 * minuteMs) * (0.75 + chance / 2)
