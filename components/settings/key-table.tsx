import { KeyRound } from 'lucide-react'
import type { ApiKeyView } from '@/lib/accounts/index'
import { type Column, DataTable } from '../table/data-table'
import { EmptyState } from '../ui/empty-state'
import { RelativeTime } from '../ui/relative-time'
import { RevokeKey, type RevokeVerb } from './revoke-key'

type KeyTableProps = { keys: readonly ApiKeyView[]; revoke: RevokeVerb | undefined }

const columns: Column<ApiKeyView>[] = [
  { key: 'name', header: 'Name', cell: ({ name }) => <span className="font-medium">{name}</span> },
  { key: 'prefix', header: 'Begins with', cell: ({ prefix }) => <code className="font-mono text-xs">{prefix}…</code> },
  { key: 'owner', header: 'Acts as', cell: ({ owner }) => owner },
  {
    key: 'used',
    header: 'Last used',
    cell: ({ lastUsedAt }) =>
      lastUsedAt ? <RelativeTime at={lastUsedAt} /> : <span className="text-tertiary">never</span>,
  },
  {
    key: 'created',
    header: 'Created',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} className="whitespace-nowrap text-tertiary" />,
  },
]

const revokeColumn = (revoke: RevokeVerb): Column<ApiKeyView> => ({
  key: 'revoke',
  header: <span className="sr-only">Actions</span>,
  align: 'right',
  phone: 'aside',
  cell: ({ id, name }) => <RevokeKey id={id} name={name} revoke={revoke} />,
})

/** The keys in use. */
export function KeyTable({ keys, revoke }: KeyTableProps) {
  return (
    <DataTable
      caption="API keys"
      rows={keys}
      columns={revoke ? [...columns, revokeColumn(revoke)] : columns}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon={<KeyRound />} title="No API keys" link={{ href: '/api/docs', label: 'API reference' }}>
          A key lets your own software do what you can do here: read leads and events, change flows, send invitations.
        </EmptyState>
      }
    />
  )
}
