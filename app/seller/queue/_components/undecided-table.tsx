'use client'

import { useState } from 'react'
import { nameOf } from '@/components/lead/lead-state'
import { type Column, DataTable } from '@/components/table/data-table'
import { Button } from '@/components/ui/button'
import { CopyId } from '@/components/ui/copy-id'
import { Money } from '@/components/ui/money'
import { RelativeTime } from '@/components/ui/relative-time'
import type { UndecidedAttempt } from '@/lib/queue/schema'
import { AcceptedDialog, NotAcceptedDialog } from './decide-dialogs'
import { leadCell, sourceCell } from './queue-columns'

type UndecidedTableProps = { attempts: readonly UndecidedAttempt[]; timeZone: string; mayAct: boolean }

const columns = (timeZone: string): Column<UndecidedAttempt>[] => [
  { key: 'lead', header: 'Lead', cell: leadCell },
  {
    key: 'buyer',
    header: 'Buyer',
    cell: ({ recipient, eventId }) => (
      <span className="flex min-w-0 flex-col items-start max-sm:items-end">
        <span className="max-w-52 truncate">{recipient}</span>
        <span className="relative z-10 text-xs">
          <CopyId id={eventId} prefix="event" />
        </span>
      </span>
    ),
  },
  {
    key: 'reason',
    header: 'Because',
    cell: ({ reason }) => (
      <span title={reason} className="line-clamp-2 max-w-72 text-pretty max-sm:text-right">
        {reason ?? 'No usable answer came'}
      </span>
    ),
  },
  { key: 'source', header: 'Source', phone: 'hide', cell: sourceCell },
  {
    key: 'price',
    header: 'Would pay',
    align: 'right',
    cell: ({ priceCents }) => <Money cents={priceCents || undefined} />,
  },
  {
    key: 'at',
    header: 'Sent',
    align: 'right',
    cell: ({ attemptedAt }) => (
      <RelativeTime at={attemptedAt} timeZone={timeZone} className="whitespace-nowrap text-tertiary" />
    ),
  },
]

type Asked = { attempt: UndecidedAttempt; accepted: boolean }

/** Attempts without an end, and the two things that may have happened. */
export function UndecidedTable({ attempts, timeZone, mayAct }: UndecidedTableProps) {
  const [asked, setAsked] = useState<Asked>()
  const close = () => setAsked(undefined)
  const verbs: Column<UndecidedAttempt> = {
    key: 'verbs',
    header: <span className="sr-only">Actions</span>,
    cell: (attempt) => (
      <span className="relative z-10 flex items-center gap-1.5 whitespace-nowrap sm:justify-end">
        <Button
          size="sm"
          aria-label={`${nameOf(attempt)} was accepted`}
          onClick={() => setAsked({ attempt, accepted: true })}
        >
          Accepted
        </Button>
        <Button
          size="sm"
          aria-label={`${nameOf(attempt)} was not accepted`}
          onClick={() => setAsked({ attempt, accepted: false })}
        >
          Not accepted
        </Button>
      </span>
    ),
  }
  return (
    <>
      <DataTable
        caption="Attempts that nobody knows the end of, oldest first"
        rows={attempts}
        columns={mayAct ? [...columns(timeZone), verbs] : columns(timeZone)}
        rowKey={({ eventId }) => eventId}
        rowHref={({ leadId }) => `/seller/leads/${leadId}`}
      />
      {asked?.accepted === true && <AcceptedDialog attempt={asked.attempt} onClose={close} />}
      {asked?.accepted === false && <NotAcceptedDialog attempt={asked.attempt} onClose={close} />}
    </>
  )
}
