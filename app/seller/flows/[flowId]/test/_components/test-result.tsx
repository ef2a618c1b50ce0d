import { ArrowUpRight } from 'lucide-react'
import Link from 'next/link'
import { Exchange } from '@/components/flow/exchange'
import { isError, ProblemNotes } from '@/components/flow/problem-notes'
import { TraceList } from '@/components/flow/trace-list'
import { RecordedMails } from '@/components/mail/recorded-mails'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { CopyId } from '@/components/ui/copy-id'
import { Money } from '@/components/ui/money'
import { OutcomeBadge, OutcomeIcon } from '@/components/ui/outcome-badge'
import type { TestRun, TestStep } from '@/lib/runs/schema'

/** What a test lead met on its way, step by step. */
export function TestResult({ run, isDry }: { run: TestRun; isDry: boolean }) {
  const warnings = run.problems.filter((problem) => !isError(problem))
  return (
    <div className="flex min-w-0 animate-rise flex-col gap-4">
      <section
        aria-label="Outcome"
        className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border bg-surface px-4 py-3"
      >
        <span className="flex items-center gap-1.5">
          <OutcomeBadge outcome={run.status ?? run.outcome} />
          <OutcomeBadge outcome="test" />
        </span>
        <span className="min-w-0 flex-1 basis-48 text-pretty">
          {run.reason ??
            (run.outcome === 'success'
              ? 'The source is answered with success.'
              : `The source is answered with ${run.outcome}.`)}
        </span>
        <span className="text-sm text-tertiary">
          source gets <Money cents={run.priceCents} /> · buyers pay <Money cents={run.revenueCents} />
        </span>
        {run.leadId && (
          <span className="flex items-center gap-2">
            <CopyId id={run.leadId} prefix="lead" />
            <Button size="sm" asChild>
              <Link href={`/seller/leads/${run.leadId}`}>
                Open lead
                <ArrowUpRight className="size-3.5" />
              </Link>
            </Button>
          </span>
        )}
      </section>
      {warnings.length > 0 && (
        <Alert kind="warning" title="The draft works, with a remark">
          <ProblemNotes problems={warnings} className="mt-1" />
        </Alert>
      )}
      <ol className="flex flex-col">
        {run.trace.length > 0 && (
          <li className="flex gap-3">
            <Rail
              outcome={run.trace.every(({ passed }) => passed) ? 'continue' : 'stop'}
              isLast={run.steps.length === 0}
            />
            <div className="min-w-0 flex-1 pb-5">
              <p className="mb-1.5 font-medium">Acceptance</p>
              <TraceList trace={run.trace} />
            </div>
          </li>
        )}
        {run.steps.map((step, index) => (
          <li key={`${step.type} ${step.id}`} className="flex gap-3">
            <Rail outcome={step.outcome} isLast={index === run.steps.length - 1} />
            <StepResult step={step} isDry={isDry} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function Rail({ outcome, isLast }: { outcome: string; isLast: boolean }) {
  return (
    <span className="flex w-5 shrink-0 flex-col items-center">
      <OutcomeIcon outcome={outcome} className="py-0.5" />
      {!isLast && <span aria-hidden className="w-px flex-1 bg-line-strong" />}
    </span>
  )
}

/** One step of it: outcome, why, request and answer. */
export function StepResult({ step, isDry }: { step: TestStep; isDry: boolean }) {
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-2.5 pb-6">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <span className="font-medium">{step.type === 'ping' ? `Ping of ${step.name}` : step.name}</span>
        <OutcomeBadge outcome={step.outcome} />
        {step.recipient && step.recipient !== step.name && (
          <span className="text-sm text-tertiary">to {step.recipient}</span>
        )}
        <span className="ml-auto text-sm text-tertiary tabular-nums">{Math.round(step.durationMs)} ms</span>
      </div>
      {step.reason && !step.trace.some(({ text }) => text === step.reason) && (
        <p className="text-pretty text-secondary">{step.reason}</p>
      )}
      <TraceList trace={step.trace} />
      <Exchange
        request={step.request}
        response={step.response}
        configuredByBuyer={step.configuredByBuyer && step.outcome !== 'skipped'}
        noAnswer={isDry ? 'Dry run: nothing was sent.' : 'No answer came.'}
      />
      {step.mails && <RecordedMails mails={step.mails} />}
      {step.eventId && <CopyId id={step.eventId} prefix="event" className="self-start" />}
    </div>
  )
}
