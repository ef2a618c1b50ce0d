import type { RecordedMail } from '../engine/index'
import type { EventDetail, MailState } from './schema'

/** What the outbox knows of a mail of an event. `own` is false for the other side's, whose words stay there. */
export type MailRow = { to: string; state: MailState; error: string | null; own: boolean }

/** The outbox's rows of an event, as one JSON value. */
export const mailsOfEvent = `case when e.type = 'delivery' and e.outcome = 'accepted' then (
  select json_agg(json_build_object('to', m."to", 'error', m.last_error, 'own', m.account_id = e.account_id,
    'state', case when m.gave_up then 'failed' when m.sent_at is null then 'queued' else 'sent' end) order by m.id)
  from outbox_mails m where m.event_id = e.id) end`

const withheld = '(withheld: it may hold a date of birth, which viewers may not read)'

/** The mails of an event with where they stand; what they say only to those who may read it. */
export function mailsOf(
  { by_mail: isByMail, mails = [] }: { by_mail?: boolean; mails?: RecordedMail[] },
  rows: readonly MailRow[],
  mayRead: boolean,
): Pick<EventDetail, 'mails' | 'mailState'> {
  const own = mails.map((mail) => {
    const row = rows.find(({ own: isOwn, to }) => isOwn && to === mail.to.join(', '))
    const shown = mayRead ? mail : { ...mail, subject: withheld, text: withheld }
    return { ...shown, ...(row && { state: row.state }), ...(row?.error && { error: row.error }) }
  })
  // The delivery is queued first; for the seller of an invited buyer it is the other side's.
  const state = rows.find((row) => !row.own)?.state ?? own[0]?.state
  return { ...(own.length > 0 && { mails: own }), ...(isByMail && state && { mailState: state }) }
}
