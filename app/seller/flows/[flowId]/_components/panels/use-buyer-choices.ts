'use client'

import { stepsWithin } from '@/components/flow/distribution-members'
import type { BuyerChoice } from '@/components/selling/stand-in'
import { useEditor } from '../editor-context'

/** The other buyer steps of the flow, those on standby first: they are there to stand in. */
export function useBuyerChoices(stepId: string): BuyerChoice[] {
  const { document } = useEditor()
  return stepsWithin(document.steps)
    .flatMap((step) =>
      step.type === 'buyer' && step.id !== stepId
        ? [{ id: step.id, name: step.name, isStandby: step.standby === true }]
        : [],
    )
    .sort((a, b) => Number(b.isStandby) - Number(a.isStandby))
}
