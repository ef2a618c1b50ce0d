'use client'

import { FlaskConical, Play } from 'lucide-react'
import { useRef, useState, useTransition } from 'react'
import { isError } from '@/components/flow/problem-notes'
import { RefusalAlert } from '@/components/form/form'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { Problem } from '@/lib/engine/types'
import { type Refusal, unavailable } from '@/lib/errors'
import type { TestRun } from '@/lib/runs/schema'
import { DraftErrors } from '../../_components/draft-errors'
import { runTestAction } from '../actions'
import type { TestField } from '../test-fields'
import { LeadForm } from './lead-form'
import { type LeadText, leadOf, startOf } from './lead-text'
import { TestResult } from './test-result'

type TestConsoleProps = { flowId: string; fields: readonly TestField[]; problems: readonly Problem[]; canRun: boolean }

/** Sends a test lead through the draft, and shows what it met. */
export function TestConsole({ flowId, fields, problems, canRun }: TestConsoleProps) {
  const [lead, setLead] = useState<LeadText>(() => startOf(fields))
  const [run, setRun] = useState<{ result: TestRun; isDry: boolean; number: number }>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [isPending, start] = useTransition()
  const [isDry, setDry] = useState(false)
  const results = useRef<HTMLDivElement>(null)
  const errors = problems.filter(isError)
  const body = leadOf(lead, fields)

  const send = (dryRun: boolean) => {
    setDry(dryRun)
    start(async () => {
      const result = await runTestAction({ flowId, lead: body ?? {}, dryRun }).catch(() => ({
        ok: false as const,
        error: unavailable('Baton could not be reached. Check your connection, then try again.'),
      }))
      setRefusal(result.ok ? undefined : result.error)
      if (result.ok) setRun((before) => ({ result: result.value, isDry: dryRun, number: (before?.number ?? 0) + 1 }))
      if (!window.matchMedia('(min-width: 64rem)').matches)
        results.current?.scrollIntoView({ block: 'start', behavior: 'smooth' })
    })
  }

  return (
    <div className="grid min-w-0 items-start gap-6 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <section
        aria-label="Test lead"
        className="flex min-w-0 flex-col gap-4 rounded-lg border bg-surface p-4 lg:sticky lg:top-18 lg:max-h-[calc(100dvh-12.5rem)]"
      >
        <LeadForm fields={fields} lead={lead} onChange={setLead} isWrong={body === undefined} />
        <div className="flex flex-wrap gap-2 border-t pt-4">
          <Button
            variant="primary"
            pending={isPending && !isDry}
            disabled={!canRun || !body || isPending || errors.length > 0}
            onClick={() => send(false)}
          >
            <Play />
            Send test lead
          </Button>
          <Button
            pending={isPending && isDry}
            disabled={!canRun || !body || isPending || errors.length > 0}
            onClick={() => send(true)}
          >
            Dry run
          </Button>
          <p className="basis-full text-tertiary text-xs">
            A dry run sends nothing: it shows the requests, and takes every buyer for accepting.
          </p>
        </div>
      </section>
      <div ref={results} aria-live="polite" aria-busy={isPending} className="flex min-w-0 scroll-mt-16 flex-col gap-4">
        <DraftErrors flowId={flowId} errors={errors} />
        {refusal && <RefusalAlert refusal={refusal} />}
        {run ? (
          <TestResult key={run.number} run={run.result} isDry={run.isDry} />
        ) : (
          <EmptyState icon={<FlaskConical />} title="No test yet">
            Send the lead at the side. You see each step it meets, why it went on or stopped, and what was sent and
            answered.
          </EmptyState>
        )}
      </div>
    </div>
  )
}
