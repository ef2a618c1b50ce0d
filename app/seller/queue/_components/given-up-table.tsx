'use client'

import { RotateCw } from 'lucide-react'
import { toast } from 'sonner'
import { useVerb } from '@/components/form/use-verb'
import { nameOf } from '@/components/lead/lead-state'
import { type Column, DataTable } from '@/components/table/data-table'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import type { DeadLetter } from '@/lib/queue/schema'
import { replayAction } from '../actions'
import { leadCell, sourceCell } from './queue-columns'
import { reportWords } from './queue-words'
import { TickBar, tickColumn } from './ticks'
import { useTicks } from './use-ticks'

/** A flow, or all, and since when. */
export type Range = { flowId: string | undefined; from: string }

type GivenUpTableProps = { leads: readonly DeadLetter[]; timeZone: string; mayAct: boolean }

const columns = (timeZone: string): Column<DeadLetter>[] => [
  { key: 'lead', header: 'Lead', cell: leadCell },
  { key: 'step', header: 'Failed at', cell: ({ name }) => <span className="max-w-52 truncate">{name}</span> },
  {
    key: 'reason',
    header: 'Because',
    cell: ({ reason }) => (
      <span title={reason} className="line-clamp-2 max-w-80 text-pretty max-sm:text-right">
        {reason}
      </span>
    ),
  },
  { key: 'source', header: 'Source', cell: sourceCell },
  {
    key: 'ended',
    header: 'Given up',
    align: 'right',
    width: 'w-28',
    cell: ({ endedAt }) => (
      <RelativeTime at={endedAt} timeZone={timeZone} className="whitespace-nowrap text-tertiary" />
    ),
  },
]

/** Leads whose deliveries failed; one, or those that are ticked, are tried again. */
export function GivenUpTable({ leads, timeZone, mayAct }: GivenUpTableProps) {
  const ids = leads.map(({ leadId }) => leadId)
  const ticks = useTicks(ids)
  const { act, isPending } = useVerb()
  const replay = (leadIds: readonly string[]) =>
    act(() => replayAction({ leadIds: [...leadIds] }), {
      onDone: (report) => {
        ticks.clear()
        toast.success(reportWords(report, 'is tried again', 'are tried again, oldest first'))
      },
    })
  const verb: Column<DeadLetter> = {
    key: 'verb',
    header: <span className="sr-only">Actions</span>,
    cell: ({ leadId }) => (
      <span className="relative z-10 flex sm:justify-end">
        <Button size="sm" disabled={isPending} onClick={() => replay([leadId])}>
          <RotateCw />
          Replay
        </Button>
      </span>
    ),
  }
  return (
    <>
      <DataTable
        caption="Leads that were given up, newest first"
        rows={leads}
        columns={mayAct ? [...columns(timeZone), verb] : columns(timeZone)}
        rowKey={({ leadId }) => leadId}
        rowHref={({ leadId }) => `/seller/leads/${leadId}`}
        mark={
          mayAct ? tickColumn(ticks, ids, (lead: DeadLetter) => ({ id: lead.leadId, name: nameOf(lead) })) : undefined
        }
      />
      <TickBar ticks={ticks}>
        <Button variant="primary" pending={isPending} onClick={() => replay(ticks.ticked)}>
          Replay
        </Button>
      </TickBar>
    </>
  )
}
