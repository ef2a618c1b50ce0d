'use client'

import { Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useId, useState, useTransition } from 'react'
import { isError } from '@/components/flow/problem-notes'
import { RefusalAlert } from '@/components/form/form'
import { Tick } from '@/components/form/toggle'
import { Button } from '@/components/ui/button'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'
import type { Problem } from '@/lib/engine/types'
import { type Refusal, unavailable } from '@/lib/errors'
import { DraftErrors } from '../../_components/draft-errors'
import { createBacktestAction } from '../actions'
import { type Assumption, AssumptionField } from './assumptions'
import { LeadChoice, type Leads } from './lead-choice'

type BacktestFormProps = {
  flowId: string
  steps: readonly { id: string; name: string }[]
  sources: readonly { id: string; name: string }[]
  liveVersion: number | null
  problems: readonly Problem[]
  canRun: boolean
}

/** What to try, on which leads, and what to assume of buyers. */
export function BacktestForm({ flowId, steps, sources, liveVersion, problems, canRun }: BacktestFormProps) {
  const router = useRouter()
  const id = useId()
  const [version, setVersion] = useState<'draft' | number>('draft')
  const [leads, setLeads] = useState<Leads | undefined>({ last: 1_000 })
  const [isRecorded, setRecorded] = useState(true)
  const [isAllReady, setAllReady] = useState(false)
  const [assumed, setAssumed] = useState<Assumption>({ answers: 'accepts' })
  const [ofSteps, setOfSteps] = useState<Record<string, Assumption>>({})
  const [refusal, setRefusal] = useState<Refusal>()
  const [isPending, start] = useTransition()
  const errors = version === 'draft' ? problems.filter(isError) : []

  const run = () =>
    start(async () => {
      if (!leads) return
      const asked = { flowId, version, leads, recorded: isRecorded, assume: assumed, assume_steps: ofSteps }
      const away = unavailable('Baton could not be reached. Check your connection, then try again.')
      const result = await createBacktestAction({ ...asked, all_ready: isAllReady }).catch(() => ({
        ok: false as const,
        error: away,
      }))
      setRefusal(result.ok ? undefined : result.error)
      if (result.ok) router.push(`/seller/flows/${flowId}/backtest/${result.value.id}`)
    })

  return (
    <section aria-label="New backtest" className="flex min-w-0 flex-col gap-5 rounded-lg border bg-surface p-4">
      <DraftErrors flowId={flowId} errors={errors} />
      {refusal && <RefusalAlert refusal={refusal} />}
      {liveVersion !== null && (
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-version`}>Try</Label>
          <NativeSelect
            id={`${id}-version`}
            value={String(version)}
            onChange={({ target }) => setVersion(target.value === 'draft' ? 'draft' : Number(target.value))}
          >
            <option value="draft">The draft</option>
            {Array.from({ length: liveVersion }, (_, index) => liveVersion - index).map((number) => (
              <option key={number} value={number}>
                Version {number}
                {number === liveVersion ? ' (live)' : ''}
              </option>
            ))}
          </NativeSelect>
        </div>
      )}
      <LeadChoice sources={sources} onChange={setLeads} />
      <div className="flex flex-col gap-3 border-t pt-4">
        <span className="font-medium text-sm">What buyers say</span>
        <Tick
          label="Use what they really answered"
          hint="Where the same step was asked; the rest is assumed."
          checked={isRecorded}
          onChange={setRecorded}
        />
        <Tick
          label="Take steps that are off or waiting as ready"
          hint="As if every buyer had accepted and was switched on."
          checked={isAllReady}
          onChange={setAllReady}
        />
        <div className="flex flex-col gap-1.5">
          <span className="text-secondary text-sm">Else, each buyer</span>
          <AssumptionField
            label="All buyers"
            value={assumed}
            onChange={(value) => setAssumed(value ?? { answers: 'accepts' })}
          />
        </div>
        {steps.map((step) => (
          <div key={step.id} className="flex flex-col gap-1.5">
            <span className="text-secondary text-sm">{step.name}</span>
            <AssumptionField
              label={step.name}
              none="like the others"
              value={ofSteps[step.id]}
              onChange={(value) =>
                setOfSteps(({ [step.id]: _, ...rest }) => (value ? { ...rest, [step.id]: value } : rest))
              }
            />
          </div>
        ))}
      </div>
      <Button
        variant="primary"
        pending={isPending}
        disabled={!canRun || !leads || errors.length > 0}
        onClick={run}
        className="self-start"
      >
        <Play />
        Run backtest
      </Button>
    </section>
  )
}
