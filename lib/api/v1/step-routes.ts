import { z } from '@hono/zod-openapi'
import { endpoint } from './endpoint'
import { CircuitBody, CircuitShape, circuit } from './shapes/circuits'
import { IdParam } from './shapes/common'

const tag = 'Flows'
const StepParam = IdParam.extend({ step_id: z.string().min(1).max(64) })

const switched = (active: boolean) => ({
  status: 200 as const,
  description: 'How the switch stands.',
  schema: z.strictObject({ step_id: z.string(), active: z.boolean() }),
  example: { step_id: 'premium', active },
})

export const enableStepRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/steps/{step_id}/enable',
  id: 'enableStep',
  tag,
  summary: 'Enable a buyer step',
  description: 'At once, without a new version. Refused while the invited buyer is not ready, with the reason.',
  params: StepParam,
  answer: switched(true),
  refuses: [409],
})

export const disableStepRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/steps/{step_id}/disable',
  id: 'disableStep',
  tag,
  summary: 'Disable a buyer step',
  description: 'At once, without a new version.',
  params: StepParam,
  answer: switched(false),
})

export const stepCircuitRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/steps/{step_id}/circuit',
  id: 'holdStepCircuit',
  tag,
  summary: 'Hold or reset the circuit of a step',
  description:
    'Of a step that is configured by hand, at once: `hold_open` lets no lead pass, `hold_closed` lets every lead pass whatever fails, `reset` forgets the failures. That of a connected buyer is the buyer’s own.',
  params: StepParam,
  body: CircuitBody,
  example: { action: 'hold_open' },
  answer: { status: 200, description: 'How the circuit stands.', schema: CircuitShape, example: circuit },
  refuses: [409],
})
