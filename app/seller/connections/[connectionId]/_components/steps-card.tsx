import { FlaskConical } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { ConnectionStep, SellerConnectionView } from '@/lib/connections/schema'
import { StepSwitch } from './step-switch'

/** The steps that this buyer serves, each with its switch. */
export function StepsCard({ connection: { steps, setup } }: { connection: SellerConnectionView }) {
  return (
    <Card title="Steps" description="Where leads for this buyer come from" flush>
      {steps.length > 0 ? (
        <ul className="divide-y">
          {steps.map((step) => (
            <StepRow key={`${step.flowId} ${step.stepId}`} step={step} isReady={setup === 'ready'} />
          ))}
        </ul>
      ) : (
        <p className="px-4 py-3 text-pretty text-sm text-tertiary">
          No step yet. In a flow, add a buyer step, choose <em>Invite to connect</em>, and pick this buyer.
        </p>
      )}
    </Card>
  )
}

function StepRow({ step, isReady }: { step: ConnectionStep; isReady: boolean }) {
  const { flowId, flowName, stepId, stepName, in: where } = step
  const href = `/seller/flows/${flowId}?at=step:${encodeURIComponent(stepId)}`
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <span className="flex min-w-0 flex-1 flex-col">
        <Link href={href} className="w-fit rounded-sm font-medium underline-offset-4 hover:underline">
          {stepName}
        </Link>
        <span className="text-sm text-tertiary">
          {where === 'live' ? flowName : `in the draft of ${flowName}, not published`}
        </span>
      </span>
      <Button size="sm" asChild>
        <Link href={`/seller/flows/${flowId}/test`}>
          <FlaskConical />
          Send test lead
        </Link>
      </Button>
      {where === 'live' && <StepSwitch step={step} isReady={isReady} />}
    </li>
  )
}
