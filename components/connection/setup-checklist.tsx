import { Check } from 'lucide-react'
import Link from 'next/link'
import { cn } from '@/components/ui/cn'

export type SetupStep = { id: string; label: string; hint: string; done: boolean; href?: string }

/** What is left to do until leads arrive. The first step that is not done is the next one. */
export function SetupChecklist({ steps }: { steps: readonly SetupStep[] }) {
  const next = steps.find(({ done }) => !done)?.id
  return (
    <ol className="flex flex-col divide-y">
      {steps.map((step, index) => (
        <li
          key={step.id}
          aria-current={step.id === next ? 'step' : undefined}
          className="flex items-start gap-3 py-2.5"
        >
          <span
            className={cn(
              'grid size-6 shrink-0 place-items-center rounded-full border font-semibold text-2xs',
              step.done && 'border-transparent bg-green-soft text-green',
              !step.done && step.id === next && 'border-accent bg-accent text-on-accent',
              !step.done && step.id !== next && 'border-line-strong text-tertiary',
            )}
          >
            {step.done ? <Check aria-label="done" className="size-3.5" /> : index + 1}
          </span>
          <span className="flex min-w-0 flex-col">
            <StepName step={step} />
            <span className="text-pretty text-sm text-tertiary">{step.hint}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}

function StepName({ step }: { step: SetupStep }) {
  const classes = cn('text-base', step.done ? 'text-secondary' : 'font-medium')
  if (!step.href) return <span className={classes}>{step.label}</span>
  return (
    <Link href={step.href} className={cn(classes, 'rounded-sm underline-offset-4 hover:underline')}>
      {step.label}
    </Link>
  )
}
