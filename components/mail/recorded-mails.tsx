import { Mail, Paperclip } from 'lucide-react'
import type { RecordedMail } from '@/lib/engine/schema'
import type { EventMail, MailState } from '@/lib/events/schema'
import { Badge } from '../ui/badge'
import { CodeBlock } from '../ui/code-block'

const stateWords: Record<MailState, string> = {
  queued: 'Waiting to be sent',
  sent: 'Sent',
  failed: 'Could not be delivered',
}

/** Where a mail stands, in words. */
export const MailStateBadge = ({ state }: { state: MailState }) => <Badge>{stateWords[state]}</Badge>

/** Mails of a delivery: to whom, what they said, and whether they left. */
export function RecordedMails({ mails }: { mails: readonly (RecordedMail & Pick<EventMail, 'state' | 'error'>)[] }) {
  return (
    <ul className="flex flex-col gap-3">
      {mails.map((mail) => (
        <li key={mail.to.join(', ')} className="flex min-w-0 flex-col gap-1.5">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
            <Mail aria-hidden className="size-4 shrink-0 text-tertiary" />
            <span className="min-w-0 break-all">
              <span className="text-tertiary">To</span> {mail.to.join(', ')}
              {mail.cc && (
                <>
                  {' '}
                  <span className="text-tertiary">cc</span> {mail.cc.join(', ')}
                </>
              )}
            </span>
            {mail.state && <MailStateBadge state={mail.state} />}
          </p>
          {mail.error && <p className="text-pretty text-amber text-xs">{mail.error}</p>}
          <CodeBlock title={mail.subject} code={mail.text} language="text" wrap />
          {(mail.reply_to || mail.attachment) && (
            <p className="flex flex-wrap items-center gap-x-3 text-tertiary text-xs">
              {mail.reply_to && <span>Replies go to {mail.reply_to}</span>}
              {mail.attachment && (
                <span className="inline-flex items-center gap-1">
                  <Paperclip aria-hidden className="size-3" />
                  {mail.attachment}
                </span>
              )}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
