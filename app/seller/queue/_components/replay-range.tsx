'use client'

import { useSearchParams } from 'next/navigation'
import { toast } from 'sonner'
import type { Choice } from '@/components/event/common-filters'
import { periods } from '@/components/event/period'
import { useVerb } from '@/components/form/use-verb'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { mostReplayed } from '@/lib/queue/schema'
import { replayAction } from '../actions'
import type { Range } from './given-up-table'
import { reportWords } from './queue-words'

/** Tries everything again that the filters of flow and time leave. */
export function ReplayRange({ range: { flowId, from }, flows }: { range: Range; flows: readonly Choice[] }) {
  const { run } = useVerb()
  const params = useSearchParams()
  const flow = flows.find(({ value }) => value === flowId)?.label ?? 'all flows'
  const period = periods.find(({ value }) => value === params.get('period'))?.label.toLowerCase()
  const replay = () =>
    run(() => replayAction({ from, ...(flowId !== undefined && { flowId }) }), {
      onDone: (report) => {
        const rest = report.left ? ' More are left: replay again when these are through.' : ''
        toast.success(`${reportWords(report, 'is tried again', 'are tried again, oldest first')}${rest}`)
      },
    })
  return (
    <ConfirmDialog
      trigger={<Button>Replay all</Button>}
      title={`Replay all of ${flow}?`}
      description={`Everything that was given up${period ? ` in the ${period}` : ''} is tried again by the steps that failed, oldest first, at most ${mostReplayed.toLocaleString('en-US')} at once. Buyers that have a lead do not get it again.`}
      confirm="Replay all"
      onConfirm={replay}
    />
  )
}
