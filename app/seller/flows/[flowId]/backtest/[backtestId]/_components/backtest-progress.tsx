'use client'

import { useVerb } from '@/components/form/use-verb'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Progress } from '@/components/ui/progress'
import type { BacktestView } from '@/lib/backtests/schema'
import { isOpen } from '../../_components/backtest-words'
import { cancelBacktestAction } from '../../actions'

/** How far a backtest is, and how to end it; nothing once it went well. */
export function BacktestProgress({ backtest, canCancel }: { backtest: BacktestView; canCancel: boolean }) {
  const { act, isPending } = useVerb()
  const { id, flowId, status, done, total, problem } = backtest
  const count = (number: number) => number.toLocaleString('en-US')
  if (status === 'failed') {
    return (
      <Alert kind="error" title="The backtest broke off">
        {problem}
      </Alert>
    )
  }
  if (status === 'cancelled') {
    return <Alert title="Cancelled">What it had found by then stays: {count(done)} leads.</Alert>
  }
  if (!isOpen(backtest)) return null
  return (
    <div role="status" className="flex flex-wrap items-center gap-4 rounded-lg border bg-surface px-4 py-3">
      <span className="min-w-48 flex-1">
        <Progress value={done} max={total} label="Leads tried" />
      </span>
      <span className="text-secondary text-sm tabular-nums">
        {status === 'waiting' ? 'Waiting to start' : `${count(done)} of ${count(total)} leads`}
      </span>
      {canCancel && (
        <Button
          size="sm"
          pending={isPending}
          onClick={() => act(() => cancelBacktestAction({ flowId, backtestId: id }), { done: 'Backtest cancelled.' })}
        >
          Cancel
        </Button>
      )}
    </div>
  )
}
