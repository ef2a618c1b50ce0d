import { addressedMail, recordMail } from '../delivery/index'
import type { LeadMail, RecordedMail } from '../engine/index'
import { uuidv7 } from '../ids'
import type { Exchanged } from './job'

export type MailRow = {
  id: string
  account_id?: string | undefined
  event_id: string
  kind: string
  to: string
  cc?: string | undefined
  reply_to?: string | undefined
  subject: string
  html: string
  text: string
  headers?: Record<string, string> | undefined
  attachment?: unknown
}

type Delivered = { eventId: string; leadId: string; isTest: boolean }

function rowOf(mail: LeadMail, { eventId, leadId, isTest }: Delivered, accountId: string | undefined): MailRow {
  const { replyTo, ...rest } = addressedMail(mail, { eventId, leadId, isTest })
  return { id: uuidv7(), account_id: accountId, event_id: eventId, ...rest, reply_to: replyTo }
}

/** Mails that are queued for an accepted attempt, each in the name of the account that wrote it. */
export function mailRows(
  { mail, copy }: Pick<Exchanged, 'mail' | 'copy'>,
  delivered: Delivered,
  by: { mail?: string | undefined; copy?: string | undefined },
): MailRow[] {
  return [...(mail ? [rowOf(mail, delivered, by.mail)] : []), ...(copy ? [rowOf(copy, delivered, by.copy)] : [])]
}

/** What an event keeps of its mails for one side: nobody sees to whom the other one writes. */
export function mailDetail(
  exchange: Exchanged | undefined,
  isOwnMail: boolean,
  isSeller: boolean,
): { by_mail?: true; mails?: RecordedMail[] } {
  if (!exchange?.mail && !exchange?.copy) return {}
  const mails = [isOwnMail && exchange.mail, isSeller && exchange.copy].filter((mail) => !!mail)
  return {
    ...(exchange.mail && { by_mail: true }),
    ...(mails.length > 0 && { mails: mails.map(recordMail) }),
  }
}
