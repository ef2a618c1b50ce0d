'use client'

import { useOptimistic } from 'react'
import { useVerb } from '@/components/form/use-verb'
import { Switch } from '@/components/ui/switch'
import { Tooltip } from '@/components/ui/tooltip'
import type { ConnectionStep } from '@/lib/connections/schema'
import { setStepActiveAction } from '../../actions'

/** Gives this buyer the leads of a step, from the next one on; off until the buyer is ready. */
export function StepSwitch({
  step: { flowId, stepId, stepName, active },
  isReady,
}: {
  step: ConnectionStep
  isReady: boolean
}) {
  const [isOn, setOn] = useOptimistic(active)
  const { act } = useVerb()
  const set = (next: boolean) =>
    act(
      () => {
        setOn(next)
        return setStepActiveAction({ flowId, stepId, active: next })
      },
      { done: next ? `${stepName} gets leads now.` : `${stepName} is off.`, ...(!next && { undo: () => set(true) }) },
    )
  const isHeld = !isReady && !isOn
  const control = (
    <Switch checked={isOn} onCheckedChange={set} disabled={isHeld} aria-label={`${stepName} gets leads`} />
  )
  if (!isHeld) return control
  return (
    <Tooltip content="It can be enabled when the buyer is ready">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a disabled switch can't say why it is off */}
      <span tabIndex={0}>{control}</span>
    </Tooltip>
  )
}
