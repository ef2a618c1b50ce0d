import type { ReactNode } from 'react'
import { MutualSight } from '@/components/connection/mutual-sight'
import { type SharedField, SharedFields } from '@/components/connection/shared-fields'
import { Avatar } from '@/components/ui/avatar'
import { Facts } from '@/components/ui/facts'
import { RelativeTime } from '@/components/ui/relative-time'
import { type Permissions, type PublicInvitation, permissionWords } from '@/lib/connections/schema'

const dateOf = (at: string) =>
  new Date(at).toLocaleDateString('en-US', { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' })

const inSentence = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)

/** What stays with the seller, in words; the rest the buyer changes when it likes. */
function kept(permissions: Permissions): string {
  const names = (Object.keys(permissionWords) as (keyof Permissions)[]).filter((name) => !permissions[name])
  if (names.length === 0)
    return 'Everything: address, authentication, field names and test leads are yours to set and change.'
  const words = names.map((name) => inSentence(permissionWords[name])).join(', ')
  return `You set up all of it. Afterwards you ask the seller to: ${words}.`
}

type InvitationCardProps = { invitation: PublicInvitation; fields: readonly SharedField[]; children: ReactNode }

/** The whole invitation on one screen, what to decide at its end. */
export function InvitationCard({ invitation, fields, children }: InvitationCardProps) {
  const { seller, flow, message, invitedBy, email, expiresAt, permissions } = invitation
  const facts = [
    { label: 'Leads', value: flow ?? `Leads of ${seller}` },
    { label: 'Fields you get', value: <SharedFields fields={fields} /> },
    { label: 'Yours to set up', value: kept(permissions) },
    {
      label: 'Costs',
      value: 'Nothing. Receiving leads through Baton is free; what a lead is worth you agree with the seller.',
    },
    {
      label: 'Open until',
      value: (
        <>
          {dateOf(expiresAt)} (<RelativeTime at={expiresAt} />)
        </>
      ),
    },
  ]
  return (
    <div className="flex w-full max-w-2xl flex-col rounded-xl border bg-surface shadow-sm">
      <header className="flex flex-col gap-4 p-6 sm:p-8 sm:pb-6">
        <div className="flex items-start gap-4">
          <Avatar name={seller} square className="size-10 text-base" />
          <div className="min-w-0">
            <h1 className="text-balance font-semibold text-xl tracking-tight">{seller} invites you to receive leads</h1>
            <p className="mt-0.5 break-words text-tertiary">
              {invitedBy ? `${invitedBy} sent this to ${email}.` : `Sent to ${email}.`}
            </p>
          </div>
        </div>
        {message && (
          <blockquote className="whitespace-pre-line text-pretty break-words rounded-lg bg-muted px-4 py-3 text-secondary">
            {message}
          </blockquote>
        )}
        <Facts facts={facts} />
      </header>
      <section className="border-t px-6 py-5 sm:px-8">
        <h2 className="sr-only">What each side sees</h2>
        <MutualSight seller={seller} buyer="your company" />
      </section>
      <section aria-label="Your answer" className="rounded-b-xl border-t bg-sidebar px-6 py-6 sm:px-8">
        {children}
      </section>
    </div>
  )
}
