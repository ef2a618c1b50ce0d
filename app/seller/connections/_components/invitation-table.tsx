import { type Column, DataTable } from '@/components/table/data-table'
import { StatusBadge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import type { InvitationView } from '@/lib/connections/schema'
import { InvitationActions } from './invitation-actions'

const words: Record<InvitationView['status'], string> = {
  pending: 'Waiting for acceptance',
  accepted: 'Accepted',
  declined: 'Declined',
  revoked: 'Revoked',
  expired: 'Expired',
}

const columns: Column<InvitationView>[] = [
  { key: 'email', header: 'Invited', cell: ({ email }) => <span className="break-all font-medium">{email}</span> },
  {
    key: 'status',
    header: 'State',
    phone: 'aside',
    cell: ({ status }) => <StatusBadge status={status}>{words[status]}</StatusBadge>,
  },
  {
    key: 'flow',
    header: 'For',
    cell: ({ flowName }) => flowName ?? <span className="text-tertiary">leads in general</span>,
  },
  {
    key: 'sent',
    header: 'Sent',
    cell: ({ sentAt, sentCount, invitedBy }) => (
      <span className="flex flex-col max-sm:items-end">
        <RelativeTime at={sentAt} />
        <span className="text-tertiary text-xs">
          {sentCount > 1 ? `${sentCount} times` : 'once'}
          {invitedBy && ` by ${invitedBy}`}
        </span>
      </span>
    ),
  },
  {
    key: 'expires',
    header: 'Expires',
    cell: ({ status, expiresAt }) =>
      status === 'pending' || status === 'expired' ? (
        <RelativeTime at={expiresAt} />
      ) : (
        <span className="text-tertiary">–</span>
      ),
  },
  {
    key: 'actions',
    header: <span className="sr-only">Actions</span>,
    align: 'right',
    cell: (invitation) => <InvitationActions invitation={invitation} />,
  },
]

/** Invitations that are not connections: waiting, lapsed, turned down. */
export function InvitationTable({ invitations }: { invitations: readonly InvitationView[] }) {
  return (
    <section className="flex flex-col gap-2" aria-labelledby="invitations">
      <h2 id="invitations" className="font-semibold text-base">
        Invitations
      </h2>
      <DataTable caption="Invitations" rows={invitations} columns={columns} rowKey={({ id }) => id} />
    </section>
  )
}
