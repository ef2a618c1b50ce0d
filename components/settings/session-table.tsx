import type { SessionView } from '@/lib/accounts/index'
import { type Column, DataTable } from '../table/data-table'
import { Badge } from '../ui/badge'
import { RelativeTime } from '../ui/relative-time'
import { browserOf } from './browser-of'
import { EndSession, type EndVerb } from './end-session'

type SessionTableProps = { sessions: readonly SessionView[]; ownId: string | undefined; end: EndVerb }

const columnsFor = (ownId: string | undefined, end: EndVerb): Column<SessionView>[] => [
  {
    key: 'browser',
    header: 'Browser',
    cell: ({ id, userAgent }) => (
      <span className="inline-flex items-center gap-2" title={userAgent}>
        <span className="font-medium">{browserOf(userAgent)}</span>
        {id === ownId && <Badge tone="green">this one</Badge>}
      </span>
    ),
  },
  { key: 'person', header: 'Person', cell: ({ person }) => person },
  { key: 'ip', header: 'IP address', cell: ({ ip }) => ip || '–' },
  { key: 'seen', header: 'Last seen', cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} /> },
  {
    key: 'started',
    header: 'Signed in',
    cell: ({ startedAt }) => <RelativeTime at={startedAt} className="whitespace-nowrap text-tertiary" />,
  },
  {
    key: 'end',
    header: <span className="sr-only">Actions</span>,
    align: 'right',
    phone: 'aside',
    cell: ({ id, userAgent }) =>
      id === ownId ? null : <EndSession sessionId={id} browser={browserOf(userAgent)} end={end} />,
  },
]

/** Where people are signed in. */
export function SessionTable({ sessions, ownId, end }: SessionTableProps) {
  return <DataTable caption="Sessions" rows={sessions} columns={columnsFor(ownId, end)} rowKey={({ id }) => id} />
}
