'use client'

import type { CircuitAction, CircuitView } from '@/lib/breakers/schema'
import { StatusBadge } from '../ui/badge'
import { Button } from '../ui/button'
import { RelativeTime } from '../ui/relative-time'
import { actionsIn, actionWords, standingLooks, standingMeans } from './circuit-words'

type CircuitStateProps = {
  circuit: CircuitView
  /** Missing for whoever may only look. */
  onAct?: ((action: CircuitAction) => void) | undefined
  isPending?: boolean
}

/** How a circuit stands, what that means for leads, and what its owner can do. */
export function CircuitState({ circuit, onAct, isPending = false }: CircuitStateProps) {
  const { standing, failures, openSince, nextTryAt, lastFailure } = circuit
  const { status, word } = standingLooks[standing]
  return (
    <div className="flex min-w-0 flex-col gap-2.5">
      <div className="flex flex-col">
        <StatusBadge status={status} className="font-medium text-foreground">
          {word}
        </StatusBadge>
        <p className="text-pretty text-sm text-tertiary">{standingMeans[standing]}</p>
      </div>
      {(failures > 0 || openSince) && (
        <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
          <Fact label={openSince ? 'Failures' : 'Failures in the last hour'} value={String(failures)} />
          {openSince && <Fact label="Open since" value={<RelativeTime at={openSince} />} />}
          {nextTryAt && <Fact label="Next try" value={<RelativeTime at={nextTryAt} />} />}
        </dl>
      )}
      {lastFailure && (
        <p className="min-w-0 text-pretty break-words border-line-strong border-l-2 pl-2.5 text-secondary text-sm">
          {lastFailure}
        </p>
      )}
      {onAct && (
        <div className="flex flex-wrap gap-2">
          {actionsIn[standing].map((action) => (
            <Button key={action} size="sm" disabled={isPending} onClick={() => onAct(action)}>
              {actionWords[action].label}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}

const Fact = ({ label, value }: { label: string; value: React.ReactNode }) => (
  <div className="flex gap-1.5">
    <dt className="text-tertiary">{label}</dt>
    <dd className="tabular-nums">{value}</dd>
  </div>
)
