import type { ReactNode } from 'react'
import type { DestinationPart } from '@/components/destination/failure-causes'
import { Stepper } from '@/components/ui/stepper'
import type { Integration } from '@/lib/destinations/schema'
import { partsOf, wordsOf } from '../_frame/parts'

type SetupStepsProps = {
  part: DestinationPart
  integration?: Integration
  /** Where each step is, once the destination exists. */
  hrefs?: Record<DestinationPart, string>
  isLive?: boolean
  children: ReactNode
}

/** The steps at the left of the one that is asked now. */
export function SetupSteps({ part, integration = 'webhook', hrefs, isLive = false, children }: SetupStepsProps) {
  const parts = partsOf(integration)
  const present = parts.indexOf(part)
  const steps = parts.map((id, index) => ({
    id,
    label: wordsOf(id, integration).step,
    state: index === present ? ('current' as const) : index < present || isLive ? ('done' as const) : ('todo' as const),
    ...(hrefs && { href: hrefs[id] }),
  }))
  return (
    <Stepper steps={steps} label="Setup">
      {children}
    </Stepper>
  )
}
