'use client'

import { useTransition } from 'react'
import { toast } from 'sonner'
import { CircuitState } from '@/components/circuit/circuit-state'
import { actionWords, isNotable } from '@/components/circuit/circuit-words'
import { Alert } from '@/components/ui/alert'
import type { CircuitAction } from '@/lib/breakers/schema'
import type { BuyerStep } from '@/lib/engine/schema'
import { holdStepCircuitAction } from '../../actions'
import { useEditor } from '../editor-context'
import { PanelPart } from '../panel-frame'
import { useLook } from '../use-look'

function useCircuit({ id, connection }: BuyerStep) {
  const { view, adopt } = useEditor()
  const [isPending, start] = useTransition()
  const circuit = view.flow.steps.find(({ stepId }) => stepId === id)?.circuit
  const act = (action: CircuitAction) =>
    start(async () => {
      const result = await holdStepCircuitAction({ flowId: view.flow.id, stepId: id, action })
      if (!result.ok) return void toast.error(result.error.message)
      toast.success(actionWords[action].done)
      adopt(result.value)
    })
  // A connected buyer's circuit is the buyer's own.
  const isOwn = connection.method === 'manual' && view.canEdit
  return { circuit, isPending, onAct: isOwn ? act : undefined }
}

/** Says at the top of a step that its buyer gets no leads now, as it fails. */
export function CircuitNotice({ step }: { step: BuyerStep }) {
  const { circuit } = useCircuit(step)
  const isShown = circuit !== undefined && isNotable(circuit)
  useLook(isShown)
  if (!isShown) return null
  return <Alert kind="warning">{circuit.words ?? 'Circuit held closed: every lead is sent, whatever fails'}.</Alert>
}

/** How the circuit of whom this step calls stands, and what its owner can do. */
export function StepCircuit({ step }: { step: BuyerStep }) {
  const { circuit, isPending, onAct } = useCircuit(step)
  if (!circuit) return null
  const whose =
    step.connection.method === 'invite' ? 'Of the buyer’s destination, for all that deliver there.' : undefined
  return (
    <PanelPart title="Circuit breaker now" description={whose}>
      <CircuitState circuit={circuit} onAct={onAct} isPending={isPending} />
    </PanelPart>
  )
}
