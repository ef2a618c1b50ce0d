import { RelativeTime } from '@/components/ui/relative-time'
import type { OutboxMail } from '@/lib/notify'

/** The addresses of this installation that a mail asks its reader to open. */
const linksOf = (text: string, baseUrl: string) =>
  [...new Set(text.match(/https?:\/\/[^\s<>"]+[^\s<>".,;)]/g) ?? [])].filter((link) => link.startsWith(`${baseUrl}/`))

/** One mail as its reader sees it. The frame can run no script; its links open in a new tab. */
export function MailCard({ mail, baseUrl, isOpen }: { mail: OutboxMail; baseUrl: string; isOpen: boolean }) {
  return (
    <article className="min-w-0 rounded-lg border bg-surface" aria-label={`${mail.subject}, to ${mail.to}`}>
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 pt-3">
        <h2 className="min-w-0 break-words font-semibold text-base">{mail.subject}</h2>
        <span className="text-sm text-tertiary">
          <RelativeTime at={mail.sent_at} />
        </span>
      </header>
      <dl className="flex flex-wrap gap-x-6 gap-y-1 px-4 pt-1 text-sm">
        <div className="flex min-w-0 gap-1.5">
          <dt className="text-tertiary">To</dt>
          <dd className="min-w-0 break-all">{mail.to}</dd>
        </div>
        {mail.reply_to && (
          <div className="flex min-w-0 gap-1.5">
            <dt className="text-tertiary">Reply to</dt>
            <dd className="min-w-0 break-all">{mail.reply_to}</dd>
          </div>
        )}
      </dl>
      <ul className="px-4 pt-2 text-sm">
        {linksOf(mail.text, baseUrl).map((link) => (
          <li key={link}>
            <a href={link} className="break-all text-accent-text underline underline-offset-4">
              {link}
            </a>
          </li>
        ))}
      </ul>
      <details className="px-4 py-3" open={isOpen}>
        <summary className="cursor-pointer text-secondary text-sm">Show the mail</summary>
        <iframe
          title={`Mail: ${mail.subject}`}
          srcDoc={mail.html}
          loading="lazy"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          className="mt-3 h-160 w-full rounded-md border bg-white"
        />
      </details>
    </article>
  )
}
