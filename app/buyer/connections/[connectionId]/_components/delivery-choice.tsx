'use client'

import { useId, useState } from 'react'
import { useVerb } from '@/components/form/use-verb'
import { Button } from '@/components/ui/button'
import { Label } from '@/components/ui/label'
import { Select } from '@/components/ui/select'
import type { Refusal } from '@/lib/errors'
import type { Result } from '@/lib/result'

type DeliveryChoiceProps = {
  connectionId: string
  /** Leads go somewhere already. */
  isChange: boolean
  destinations: readonly { id: string; name: string }[]
  setDelivery: (input: { connectionId: string; destinationId: string }) => Promise<Result<unknown, Refusal>>
}

/** Sends the leads of a connection to a destination that is live. */
export function DeliveryChoice({ connectionId, isChange, destinations, setDelivery }: DeliveryChoiceProps) {
  const id = useId()
  const [chosen, choose] = useState(destinations[0]?.id)
  const { act, isPending } = useVerb()
  const destination = destinations.find((each) => each.id === chosen) ?? destinations[0]
  if (!destination) return null
  return (
    <>
      <div className="flex w-64 max-w-full flex-col gap-1.5">
        <Label htmlFor={id}>{isChange ? 'Deliver somewhere else' : 'A destination that is live'}</Label>
        <Select
          id={id}
          value={destination.id}
          onValueChange={choose}
          options={destinations.map((each) => ({ value: each.id, label: each.name }))}
        />
      </div>
      <Button
        {...(!isChange && { variant: 'primary' })}
        pending={isPending}
        onClick={() =>
          act(() => setDelivery({ connectionId, destinationId: destination.id }), {
            done: `Leads go to ${destination.name} now.`,
          })
        }
      >
        Deliver here
      </Button>
    </>
  )
}
