'use client'

import { Lock } from 'lucide-react'
import { DraftNumber } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { Badge } from '@/components/ui/badge'
import type { StepTabProps } from './step-tab'

const added = ['Idempotency-Key', 'X-Baton-Event-Id', 'X-Baton-Lead-Id', 'X-Test-Mode (test leads)']

/** How the request travels. */
export function DeliveryTab({ step, path, problems, set }: StepTabProps) {
  return (
    <>
      <dl className="grid max-w-md grid-cols-2 gap-4">
        <Fixed label="Method" value={step.delivery.method} />
        <Fixed label="Format" value="JSON" />
      </dl>
      <DraftNumber
        label="Give up after"
        className="max-w-60"
        suffix="seconds"
        value={step.delivery.timeout_seconds}
        min={1}
        max={360}
        hint="The whole time a buyer has to answer. Then the outcome is unknown, since it may have taken the lead."
        problems={problemsAt(problems, `${path}.delivery`)}
        onChange={(seconds) => set({ delivery: { ...step.delivery, timeout_seconds: seconds ?? 30 } })}
      />
      <div className="flex flex-col gap-2">
        <p className="font-medium text-sm">Headers that are always sent</p>
        <div className="flex flex-wrap gap-1.5">
          {added.map((name) => (
            <Badge key={name} className="font-mono font-normal">
              {name}
            </Badge>
          ))}
        </div>
        <p className="max-w-xl text-pretty text-tertiary text-xs">
          Every try of a delivery carries the same Idempotency-Key, so that a buyer can tell a repeat from a new lead.
        </p>
      </div>
    </>
  )
}

const Fixed = ({ label, value }: { label: string; value: string }) => (
  <div className="flex flex-col gap-1.5">
    <dt className="font-medium text-sm">{label}</dt>
    <dd className="flex h-control items-center justify-between gap-2 rounded-lg border bg-muted px-2.5 font-mono text-secondary text-sm">
      {value}
      <span className="inline-flex items-center gap-1 font-sans text-tertiary text-xs">
        <Lock aria-hidden className="size-3" />
        fixed
      </span>
    </dd>
  </div>
)
