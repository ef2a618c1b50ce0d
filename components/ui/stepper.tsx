import { Check } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from './cn'

export type Step = { id: string; label: string; hint?: string; state: 'done' | 'current' | 'todo'; href?: string }

function Mark({ state, number }: { state: Step['state']; number: number }) {
  return (
    <span
      className={cn(
        'grid size-6 shrink-0 place-items-center rounded-full border font-semibold text-2xs',
        state === 'done' && 'border-transparent bg-green-soft text-green',
        state === 'current' && 'border-accent bg-accent text-on-accent',
        state === 'todo' && 'border-line-strong text-tertiary',
      )}
    >
      {state === 'done' ? <Check aria-label="done" className="size-3.5" /> : number}
    </span>
  )
}

function StepName({ step }: { step: Step }) {
  const classes = cn('text-sm', step.state === 'current' ? 'font-medium' : 'text-tertiary')
  if (step.href && step.state !== 'current')
    return (
      <Link href={step.href} className={cn(classes, 'rounded-sm hover:text-foreground')}>
        {step.label}
      </Link>
    )
  return <span className={classes}>{step.label}</span>
}

/** A wizard's checklist: on the left from 768 px, a row with the present step's name on a phone. */
export function Stepper({ steps, label, children }: { steps: readonly Step[]; label: string; children: ReactNode }) {
  const current = steps.findIndex(({ state }) => state === 'current')
  return (
    <div className="flex flex-col gap-5 md:flex-row md:gap-10">
      <nav aria-label={label} className="md:w-52 md:shrink-0">
        <ol className="flex items-center gap-2 md:sticky md:top-20 md:flex-col md:items-stretch md:gap-0">
          {steps.map((step, index) => (
            <li
              key={step.id}
              aria-current={step.state === 'current' ? 'step' : undefined}
              className={cn(
                'flex items-center gap-2.5 md:relative md:min-h-13 md:items-start',
                index < steps.length - 1 &&
                  'max-md:flex-1 max-md:after:h-px max-md:after:flex-1 max-md:after:bg-line md:before:absolute md:before:top-7 md:before:bottom-1 md:before:left-3 md:before:w-px md:before:bg-line',
              )}
            >
              <Mark state={step.state} number={index + 1} />
              <span className={cn('flex flex-col md:pt-0.5', 'max-md:sr-only')}>
                <StepName step={step} />
                {step.hint && <span className="text-tertiary text-xs">{step.hint}</span>}
              </span>
            </li>
          ))}
        </ol>
        <p aria-hidden className="mt-2 text-sm text-tertiary md:hidden">
          Step {current + 1} of {steps.length}:{' '}
          <span className="font-medium text-foreground">{steps[current]?.label}</span>
        </p>
      </nav>
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  )
}
