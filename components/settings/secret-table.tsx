import { LockKeyhole } from 'lucide-react'
import Link from 'next/link'
import type { NamedSecretView, SecretUse } from '@/lib/secrets/schema'
import type { Side } from '../event/event-words'
import { type Column, DataTable } from '../table/data-table'
import { EmptyState } from '../ui/empty-state'
import { RelativeTime } from '../ui/relative-time'
import { DeleteSecret, type DeleteVerb } from './delete-secret'
import { RevealNamed, type RevealNamedVerb } from './reveal-named'
import { type SaveSecret, SecretDialog } from './secret-dialog'

type SecretVerbs = {
  replace: SaveSecret
  remove: DeleteVerb
  reveal?: RevealNamedVerb
}
type SecretTableProps = { secrets: readonly NamedSecretView[]; side: Side; verbs: SecretVerbs | undefined }

/** Flows are a seller's pages, destinations a buyer's. */
function Use({ use, side }: { use: SecretUse; side: Side }) {
  const isHere = (use.kind === 'flow') === (side === 'seller')
  const href = use.kind === 'flow' ? `/seller/flows/${use.id}` : `/buyer/destinations/${use.id}`
  if (!isHere) return <span>{use.name}</span>
  return (
    <Link href={href} className="text-accent hover:underline">
      {use.name}
    </Link>
  )
}

const columnsOf = (side: Side): Column<NamedSecretView>[] => [
  {
    key: 'name',
    header: 'Name',
    phone: 'title',
    cell: ({ name }) => <code className="break-all font-medium font-mono text-xs">{name}</code>,
  },
  {
    key: 'value',
    header: 'Ends in',
    cell: ({ lastFour }) => <span className="font-mono text-xs">•••• {lastFour}</span>,
  },
  {
    key: 'uses',
    header: 'Used in',
    cell: ({ usedIn }) =>
      usedIn.length === 0 ? (
        <span className="text-tertiary">nowhere</span>
      ) : (
        <span className="flex flex-wrap gap-x-2">
          {usedIn.map((use) => (
            <Use key={use.id} use={use} side={side} />
          ))}
        </span>
      ),
  },
  {
    key: 'updated',
    header: 'Changed',
    cell: ({ updatedAt }) => <RelativeTime at={updatedAt} className="whitespace-nowrap text-tertiary" />,
  },
]

const actionsColumn = ({ replace, remove, reveal }: SecretVerbs): Column<NamedSecretView> => ({
  key: 'actions',
  header: <span className="sr-only">Actions</span>,
  align: 'right',
  cell: ({ name }) => (
    <span className="flex flex-wrap justify-end gap-1.5">
      {reveal && <RevealNamed name={name} reveal={reveal} />}
      <SecretDialog save={replace} name={name} />
      <DeleteSecret name={name} remove={remove} />
    </span>
  ),
})

/** The secrets that are kept by name, and where each is used. */
export function SecretTable({ secrets, side, verbs }: SecretTableProps) {
  const columns = columnsOf(side)
  return (
    <DataTable
      caption="Secrets"
      rows={secrets}
      columns={verbs ? [...columns, actionsColumn(verbs)] : columns}
      rowKey={({ name }) => name}
      empty={
        <EmptyState icon={<LockKeyhole />} title="No secrets yet">
          Keep a token here once, and use it in as many requests as you like. When it changes, you replace it in one
          place.
        </EmptyState>
      }
    />
  )
}
