'use client'

import { useOptimistic, useTransition } from 'react'
import { toast } from 'sonner'
import { Switch } from '@/components/ui/switch'
import { updateFlowAction } from '../actions'

/** Takes leads or refuses them, at once. */
export function FlowSwitch({ flow }: { flow: { id: string; name: string; enabled: boolean } }) {
  const [isOn, setOn] = useOptimistic(flow.enabled)
  const [, start] = useTransition()
  const set = (enabled: boolean) =>
    start(async () => {
      setOn(enabled)
      const result = await updateFlowAction({ flowId: flow.id, enabled })
      if (!result.ok) toast.error(result.error.message)
      else if (!enabled)
        toast(`${flow.name} is off. Its sources are told that the flow is disabled.`, {
          action: { label: 'Undo', onClick: () => set(true) },
        })
    })
  return (
    <Switch checked={isOn} onCheckedChange={set} aria-label={`${flow.name} takes leads`} className="relative z-10" />
  )
}
