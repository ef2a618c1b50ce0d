import type { Metadata } from 'next'
import { fieldLabels } from '@/app/field-labels'
import { listMemberships } from '@/lib/accounts'
import { currentUser } from '@/lib/auth'
import { findInvitation } from '@/lib/connections'
import { AcceptAs } from './_components/accept-as'
import { ClosedInvitation, UnknownInvitation } from './_components/closed-invitation'
import { InvitationCard } from './_components/invitation-card'
import { NewAccount } from './_components/new-account'

export const metadata: Metadata = { title: 'Invitation', robots: { index: false } }

type InvitePageProps = { params: Promise<{ token: string }> }

export default async function InvitePage({ params }: InvitePageProps) {
  const { token } = await params
  const [invitation, user] = await Promise.all([findInvitation(token), currentUser()])
  if (!invitation) return <UnknownInvitation />
  if (invitation.status !== 'pending') return <ClosedInvitation invitation={invitation} />
  const memberships = user ? await listMemberships(user.id) : []
  return (
    <InvitationCard invitation={invitation} fields={fieldLabels(invitation.sharedFields)}>
      {user ? (
        <AcceptAs
          token={token}
          seller={invitation.seller}
          invitedEmail={invitation.email}
          signedInAs={user.email}
          present={user.actor.accountId}
          accounts={memberships.map(({ accountId, name, role }) => ({
            id: accountId,
            name,
            mayAccept: role !== 'viewer',
          }))}
        />
      ) : (
        <NewAccount token={token} seller={invitation.seller} email={invitation.email} />
      )}
    </InvitationCard>
  )
}
