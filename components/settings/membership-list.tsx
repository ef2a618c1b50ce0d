import type { Membership } from '@/lib/accounts/index'
import { type Column, DataTable } from '../table/data-table'
import { Avatar } from '../ui/avatar'
import { Badge } from '../ui/badge'
import { OpenAccount, type OpenVerb } from './open-account'

type MembershipListProps = { memberships: readonly Membership[]; presentId: string; open: OpenVerb }

const planWords: Record<Membership['plan'], string> = { full: 'Sells and buys', partner: 'Buys, by invitation' }

const columnsFor = (presentId: string, open: OpenVerb): Column<Membership>[] => [
  {
    key: 'name',
    header: 'Account',
    cell: ({ accountId, name }) => (
      <span className="inline-flex items-center gap-2.5">
        <Avatar name={name} square />
        <span className="font-medium">{name}</span>
        {accountId === presentId && <Badge tone="green">open now</Badge>}
      </span>
    ),
  },
  { key: 'plan', header: 'What it does', cell: ({ plan }) => planWords[plan] },
  { key: 'role', header: 'Your role', cell: ({ role }) => <span className="capitalize">{role}</span> },
  {
    key: 'open',
    header: <span className="sr-only">Actions</span>,
    align: 'right',
    phone: 'aside',
    cell: ({ accountId, name }) =>
      accountId === presentId ? null : <OpenAccount accountId={accountId} name={name} open={open} />,
  },
]

/** The accounts that a person is a member of. */
export function MembershipList({ memberships, presentId, open }: MembershipListProps) {
  return (
    <DataTable
      caption="Your accounts"
      rows={memberships}
      columns={columnsFor(presentId, open)}
      rowKey={({ accountId }) => accountId}
    />
  )
}
