import type { LeadMail, RecordedMail } from '../engine'
import type { AddressedMail } from '../notify'
import type { DeliveryContext } from './prepare'

const longestRecorded = 16_000

/** A mail as it is kept with its event and shown: who got it and what it said, cut where it is long. */
export function recordMail({ to, cc, replyTo, subject, text, csv }: LeadMail): RecordedMail {
  const kept = [...text].length > longestRecorded ? `${[...text].slice(0, longestRecorded).join('')}…` : text
  return {
    to: [...to],
    ...(cc && { cc }),
    ...(replyTo && { reply_to: replyTo }),
    subject,
    text: kept,
    ...(csv !== undefined && { attachment: 'lead.csv' }),
  }
}

/** A lead's mail with the headers that say which delivery it is, as they stand in a request. */
export function addressedMail(mail: LeadMail, { eventId, leadId, isTest }: DeliveryContext): AddressedMail {
  const { to, cc, replyTo, subject, html, text, csv } = mail
  return {
    kind: 'lead',
    to: to.join(', '),
    ...(cc && { cc: cc.join(', ') }),
    ...(replyTo && { replyTo }),
    subject,
    html,
    text,
    headers: {
      'X-Baton-Event-Id': eventId,
      'X-Baton-Lead-Id': leadId,
      'Auto-Submitted': 'auto-generated',
      ...(isTest && { 'X-Test-Mode': 'true' }),
    },
    ...(csv !== undefined && {
      attachment: { filename: 'lead.csv', contentType: 'text/csv; charset=utf-8', content: csv },
    }),
  }
}
