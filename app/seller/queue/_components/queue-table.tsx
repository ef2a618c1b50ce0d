'use client'

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { useVerb } from '@/components/form/use-verb'
import { nameOf } from '@/components/lead/lead-state'
import { DataTable } from '@/components/table/data-table'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import type { QueueBuyer, QueueItem } from '@/lib/queue/schema'
import { releaseAction } from '../actions'
import { DropDialog } from './drop-dialog'
import { queueColumns } from './queue-columns'
import { reportWords } from './queue-words'
import { ReassignDialog } from './reassign-dialog'
import { TickBar, tickColumn } from './ticks'
import { useTicks } from './use-ticks'

type QueueTableProps = {
  leads: readonly QueueItem[]
  buyers: Record<string, QueueBuyer[]>
  timeZone: string
  mayAct: boolean
}

type Asked = { verb: 'drop' | 'reassign'; leads: readonly QueueItem[] }

/** Leads that wait, and what their owner may do with one or with those that are ticked. */
export function QueueTable({ leads, buyers, timeZone, mayAct }: QueueTableProps) {
  // What is decided about already is nobody's to tick.
  const ids = leads.flatMap(({ leadId, wish }) => (wish ? [] : [leadId]))
  const ticks = useTicks(ids)
  const { act, isPending } = useVerb()
  const [asked, setAsked] = useState<Asked>()
  const chosen = leads.filter(({ leadId }) => ticks.ticked.includes(leadId))
  const release = (some: readonly QueueItem[]) =>
    act(() => releaseAction({ leadIds: some.map(({ leadId }) => leadId) }), {
      onDone: (report) => {
        ticks.clear()
        toast.success(reportWords(report, 'goes out now', 'go out now'))
      },
    })
  const close = () => setAsked(undefined)
  const done = () => {
    close()
    ticks.clear()
  }
  const menu = (lead: QueueItem) => (
    <RowActions lead={lead} isPending={isPending} onRelease={() => release([lead])} onAsk={setAsked} />
  )
  return (
    <>
      <DataTable
        caption="Leads that wait, whatever is due first"
        rows={leads}
        columns={queueColumns(timeZone, mayAct ? menu : undefined)}
        rowKey={({ leadId }) => leadId}
        rowHref={({ leadId }) => `/seller/leads/${leadId}`}
        mark={
          mayAct ? tickColumn(ticks, ids, (lead: QueueItem) => ({ id: lead.leadId, name: nameOf(lead) })) : undefined
        }
      />
      <TickBar ticks={ticks}>
        <Button variant="primary" pending={isPending} onClick={() => release(chosen)}>
          Release now
        </Button>
        <Button onClick={() => setAsked({ verb: 'reassign', leads: chosen })}>Send to another buyer</Button>
        <Button variant="danger" onClick={() => setAsked({ verb: 'drop', leads: chosen })}>
          Drop
        </Button>
      </TickBar>
      {asked?.verb === 'drop' && <DropDialog leads={asked.leads} onClose={close} onDone={done} />}
      {asked?.verb === 'reassign' && (
        <ReassignDialog leads={asked.leads} buyers={buyers} onClose={close} onDone={done} />
      )}
    </>
  )
}

type RowActionsProps = {
  lead: QueueItem
  isPending: boolean
  onRelease: () => void
  onAsk: (asked: Asked) => void
}

function RowActions({ lead, isPending, onRelease, onAsk }: RowActionsProps) {
  if (lead.wish) return null
  return (
    <span className="relative z-10 flex items-center gap-1 sm:justify-end">
      <Button size="sm" disabled={isPending} onClick={onRelease}>
        Release
      </Button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={`More for ${nameOf(lead)}`}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => onAsk({ verb: 'reassign', leads: [lead] })}>
            Send to another buyer
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem danger onSelect={() => onAsk({ verb: 'drop', leads: [lead] })}>
            Drop
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </span>
  )
}
