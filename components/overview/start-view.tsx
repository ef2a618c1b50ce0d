import Link from 'next/link'
import type { ReactNode } from 'react'
import { SetupChecklist, type SetupStep } from '../connection/setup-checklist'
import { Button } from '../ui/button'
import { Card } from '../ui/card'
import { Progress } from '../ui/progress'

type StartViewProps = { title: string; description: string; steps: readonly SetupStep[]; children?: ReactNode }

/** The overview of an account that has no leads yet: what to do until it has. */
export function StartView({ title, description, steps, children }: StartViewProps) {
  const done = steps.filter((step) => step.done).length
  const next = steps.find((step) => !step.done)
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <Card
        title={title}
        description={description}
        footer={
          next?.href && (
            <Button variant="primary" asChild>
              <Link href={next.href}>{next.label}</Link>
            </Button>
          )
        }
      >
        <Progress value={done} max={steps.length} label={`${done} of ${steps.length} done`} />
        <SetupChecklist steps={steps} />
      </Card>
      {children}
    </div>
  )
}
