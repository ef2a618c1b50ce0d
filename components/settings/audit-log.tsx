import { ScrollText } from 'lucide-react'
import type { AuditEntry } from '@/lib/audit/index'
import { type Column, DataTable } from '../table/data-table'
import { CopyId } from '../ui/copy-id'
import { EmptyState } from '../ui/empty-state'
import { RelativeTime } from '../ui/relative-time'
import { changesOf, pathWords, type ValueChange } from './audit-changes'
import { actionWords } from './audit-words'

const shown = 4

function Change({ change: { path, before, after } }: { change: ValueChange }) {
  return (
    <li className="min-w-0 break-words">
      <span className="text-tertiary">{pathWords(path)}</span>{' '}
      {before !== undefined && after !== undefined ? (
        <>
          <del className="text-tertiary">{before}</del> <span aria-hidden>→</span> {after}
        </>
      ) : after !== undefined ? (
        after
      ) : (
        <del className="text-tertiary">{before}</del>
      )}
    </li>
  )
}

function Changes({ entry: { before, after } }: { entry: AuditEntry }) {
  const changes = changesOf(before, after)
  const rest = changes.slice(shown)
  const list = 'flex flex-col gap-0.5 text-xs max-sm:w-full'
  if (changes.length === 0) return <span className="text-tertiary">–</span>
  return (
    <div className="min-w-0">
      <ul className={list}>
        {changes.slice(0, shown).map((change) => (
          <Change key={change.path} change={change} />
        ))}
      </ul>
      {rest.length > 0 && (
        <details className="relative z-10">
          <summary className="w-fit cursor-pointer rounded-sm text-accent-text text-xs hover:underline">
            {rest.length} more
          </summary>
          <ul className={list}>
            {rest.map((change) => (
              <Change key={change.path} change={change} />
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

/** A change that the other side of a connection made names its account. */
function doerOf({ who, after }: AuditEntry): string {
  const by = typeof after === 'object' && after !== null && 'by' in after ? after.by : undefined
  return who?.name ?? (typeof by === 'string' ? by : 'Baton')
}

const columnsIn = (timeZone: string): Column<AuditEntry>[] => [
  {
    key: 'what',
    header: 'What',
    width: 'w-80',
    cell: (entry) => (
      <span className="font-normal">
        <span className="font-medium">{doerOf(entry)}</span> {actionWords(entry.action)}
        {entry.via === 'api-key' && <span className="text-tertiary"> by API key</span>}
      </span>
    ),
  },
  { key: 'changes', header: 'Change', phone: 'line', cell: (entry) => <Changes entry={entry} /> },
  {
    key: 'subject',
    header: 'Which',
    width: 'w-28',
    phone: 'hide',
    cell: ({ subjectId }) => <CopyId id={subjectId} />,
  },
  {
    key: 'when',
    header: 'When',
    align: 'right',
    width: 'w-28',
    cell: ({ at }) => <RelativeTime at={at} timeZone={timeZone} className="whitespace-nowrap text-tertiary" />,
  },
]

/** Who changed what. */
export function AuditLog({ entries, timeZone }: { entries: readonly AuditEntry[]; timeZone: string }) {
  return (
    <DataTable
      caption="Changes, newest first"
      rows={entries}
      columns={columnsIn(timeZone)}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon={<ScrollText />} title="No changes yet">
          Each change of configuration and access stands here: who made it, what was before and what is now.
        </EmptyState>
      }
    />
  )
}
