'use client'

import { CircuitState } from '@/components/circuit/circuit-state'
import { actionWords } from '@/components/circuit/circuit-words'
import { useVerb } from '@/components/form/use-verb'
import { Card } from '@/components/ui/card'
import type { CircuitView } from '@/lib/breakers/schema'
import { holdCircuitAction } from '../../actions'

/** The circuit breaker of a destination, for all sellers that deliver there. */
export function CircuitCard({ id, circuit }: { id: string; circuit: CircuitView }) {
  const { act, isPending } = useVerb()
  return (
    <Card title="Circuit breaker" description="Keeps leads away while this destination fails, for all your sellers.">
      <CircuitState
        circuit={circuit}
        isPending={isPending}
        onAct={(action) => act(() => holdCircuitAction({ id, action }), { done: actionWords[action].done })}
      />
    </Card>
  )
}
