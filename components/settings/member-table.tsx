import type { Member } from '@/lib/accounts/index'
import { type Column, DataTable } from '../table/data-table'
import { Avatar } from '../ui/avatar'
import { Badge } from '../ui/badge'
import { RelativeTime } from '../ui/relative-time'

const roleWords: Record<Member['role'], string> = {
  owner: 'Owns the account',
  admin: 'Manages access',
  member: 'Configures',
  viewer: 'Looks',
}

const columnsFor = (ownId: string | undefined): Column<Member>[] => [
  {
    key: 'name',
    header: 'Name',
    cell: ({ userId, name }) => (
      <span className="inline-flex items-center gap-2.5">
        <Avatar name={name} />
        <span className="font-medium">{name}</span>
        {userId === ownId && <Badge>you</Badge>}
      </span>
    ),
  },
  { key: 'email', header: 'Email', cell: ({ email }) => email },
  {
    key: 'role',
    header: 'Role',
    cell: ({ role }) => (
      <>
        <span className="capitalize">{role}</span>{' '}
        <span className="text-tertiary">{roleWords[role].toLowerCase()}</span>
      </>
    ),
  },
  {
    key: 'since',
    header: 'Since',
    align: 'right',
    cell: ({ since }) => <RelativeTime at={since} className="whitespace-nowrap text-tertiary" />,
  },
]

/** Who belongs to the account. */
export function MemberTable({ members, ownId }: { members: readonly Member[]; ownId?: string }) {
  return <DataTable caption="Members" rows={members} columns={columnsFor(ownId)} rowKey={({ userId }) => userId} />
}
