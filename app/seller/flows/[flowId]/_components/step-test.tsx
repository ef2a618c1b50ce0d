'use client'

import { Play } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef, useState, useTransition } from 'react'
import { isError, ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import { RefusalAlert } from '@/components/form/form'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import type { Step } from '@/lib/engine/schema'
import { type Refusal, unavailable } from '@/lib/errors'
import type { TestRun } from '@/lib/runs/schema'
import { recentLeadsAction } from '../actions'
import type { RecentLead } from '../recent-leads'
import { LeadChoice } from '../test/_components/lead-choice'
import { LeadForm } from '../test/_components/lead-form'
import { type LeadText, leadOf, recentText, startOf } from '../test/_components/lead-text'
import { StepResult } from '../test/_components/test-result'
import { runTestAction } from '../test/actions'
import { testFieldsOf } from '../test/test-fields'
import { useEditor } from './editor-context'
import { fieldLabel } from './field-label'

const unreachable = { ok: false as const, error: unavailable('Baton could not be reached. Try again in a moment.') }

/** The leads that came in last, to try with; none while they are being read. */
function useRecentLeads(flowId: string): readonly RecentLead[] {
  const [leads, setLeads] = useState<readonly RecentLead[]>([])
  useEffect(() => {
    let isHere = true
    void recentLeadsAction({ flowId }).then(
      (result) => isHere && result.ok && setLeads(result.value),
      () => undefined,
    )
    return () => {
      isHere = false
    }
  }, [flowId])
  return leads
}

function useTries(step: Step, body: Record<string, unknown> | undefined) {
  const { view, flush } = useEditor()
  const [run, setRun] = useState<{ result: TestRun; isDry: boolean }>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [isDry, setDry] = useState(false)
  const [isPending, start] = useTransition()
  const send = (dryRun: boolean) => {
    setDry(dryRun)
    start(async () => {
      if (!(await flush())) return setRefusal(unavailable('Your changes could not be saved first.'))
      const call = { flowId: view.flow.id, stepId: step.id, lead: body ?? {}, dryRun }
      const result = await runTestAction(call).catch(() => unreachable)
      setRefusal(result.ok ? undefined : result.error)
      if (result.ok) setRun({ result: result.value, isDry: dryRun })
    })
  }
  return { run, refusal, isPending, isDry, send }
}

/** What is sent by which button, and what is kept of it. */
function SendingWords({ step }: { step: Step }) {
  const { view } = useEditor()
  const method = step.type === 'buyer' ? step.connection.method : undefined
  return (
    <p className="basis-full text-pretty text-tertiary text-xs">
      {method === 'invite' ? (
        <>
          A dry run sends nothing. To send this buyer a test lead, use the{' '}
          <Link className="text-accent-text hover:underline" href={`/seller/flows/${view.flow.id}/test`}>
            test console
          </Link>
          : then both of you have it in your log.
        </>
      ) : method === 'manual' ? (
        'A dry run sends nothing. A test lead goes to the buyer marked as a test, and is kept in no log.'
      ) : (
        'A dry run sends nothing, and is kept in no log.'
      )}
    </p>
  )
}

/** Tries one step on a lead, and shows in place what it did. */
export function StepTest({ step, index }: { step: Step; index: number }) {
  const { view, document, problems } = useEditor()
  const leads = useRecentLeads(view.flow.id)
  const fields = testFieldsOf(document, view.sample, (name) => fieldLabel({ name }, view.variables))
  const [lead, setLead] = useState<LeadText>(() => startOf(fields))
  const [chosen, setChosen] = useState('')
  const body = leadOf(lead, fields)
  const { run, refusal, isPending, isDry, send } = useTries(step, body)
  const results = useRef<HTMLDivElement>(null)
  const errors = problemsAt(problems, `steps.${index}`).filter(isError)
  const isManual = step.type === 'buyer' && step.connection.method === 'manual'
  const cannot = !view.canEdit || !body || isPending || errors.length > 0
  function choose(id: string) {
    setChosen(id)
    const values = leads.find((recent) => recent.id === id)?.values
    setLead(values ? recentText(values, fields) : startOf(fields))
  }
  return (
    <div data-scratch className="grid min-w-0 items-start gap-6 xl:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
      <section aria-label="Lead to try with" className="flex min-w-0 flex-col gap-4 rounded-lg border bg-surface p-4">
        <LeadChoice leads={leads} chosen={chosen} onChoose={choose} />
        <LeadForm
          fields={fields}
          lead={lead}
          onChange={setLead}
          isWrong={body === undefined}
          title="Its data"
          isShort
        />
        <div className="flex flex-wrap gap-2 border-t pt-4">
          <Button variant="primary" pending={isPending && isDry} disabled={cannot} onClick={() => send(true)}>
            <Play />
            Dry run
          </Button>
          {isManual && (
            <Button pending={isPending && !isDry} disabled={cannot} onClick={() => send(false)}>
              Send test lead
            </Button>
          )}
          <SendingWords step={step} />
        </div>
      </section>
      <div ref={results} aria-live="polite" aria-busy={isPending} className="flex min-w-0 flex-col gap-4">
        {errors.length > 0 && (
          <Alert kind="error" title="Mend these first">
            <ProblemNotes problems={errors} className="mt-1" isLink />
          </Alert>
        )}
        {refusal && <RefusalAlert refusal={refusal} />}
        {run ? (
          <StepRun run={run.result} step={step} isDry={run.isDry} />
        ) : (
          errors.length === 0 && (
            <p className="rounded-lg border border-dashed px-4 py-6 text-center text-pretty text-tertiary">
              Request, answer, outcome and why are shown here.
            </p>
          )
        )}
      </div>
    </div>
  )
}

function StepRun({ run, step, isDry }: { run: TestRun; step: Step; isDry: boolean }) {
  const found = run.steps.find(({ id, type }) => id === step.id && type !== 'ping')
  if (!found) return <Alert title="The lead did not reach this step">{run.reason ?? 'An earlier step took it.'}</Alert>
  // The event is in no log: its id leads nowhere.
  const { eventId: _, ...result } = found
  return (
    <section aria-label="Result" className="animate-rise">
      <StepResult step={result} isDry={isDry} />
    </section>
  )
}
