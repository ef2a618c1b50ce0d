import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EmptyState } from '@/components/ui/empty-state'
import { currentUser, visitor } from '@/lib/auth'
import { env } from '@/lib/env'
import { hasMailProvider, listOutboxMails, mayReadOutbox } from '@/lib/notify'
import { MailCard } from './_components/mail-card'

export const metadata: Metadata = { title: 'Outbox' }

/** What would have been mailed, while no provider is configured. For whom: docs/decisions/021-who-reads-the-outbox.md. */
export default async function OutboxPage() {
  const [{ ip, host }, user] = await Promise.all([visitor(), currentUser()])
  const { baseUrl } = env()
  const isReader = mayReadOutbox({ ip, host, baseUrl, isOperator: user?.actor.isOperator ?? false })
  if (hasMailProvider() || !isReader) notFound()
  const mails = await listOutboxMails()
  return (
    <main id="main" className="mx-auto flex w-full max-w-3xl flex-col gap-4 px-4 py-8">
      <header>
        <h1 className="font-semibold text-xl">Outbox</h1>
        <p className="mt-1 text-pretty text-base text-tertiary">
          No mail provider is configured, so mail is kept here and goes nowhere. Set <code>RESEND_API_KEY</code> or{' '}
          <code>SMTP_URL</code> to send it.
        </p>
      </header>
      {mails.length === 0 && (
        <EmptyState title="No mail yet">Invite a buyer from a flow: the invitation appears here.</EmptyState>
      )}
      {mails.map((mail, index) => (
        <MailCard key={mail.file} mail={mail} baseUrl={baseUrl} isOpen={index === 0} />
      ))}
    </main>
  )
}
