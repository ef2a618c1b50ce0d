import { z } from '@hono/zod-openapi'
import { CircuitAction, type CircuitView, circuitStandings } from '../../../breakers/schema'
import { onWire } from '../wire'
import { named, TimeShape } from './common'

export const CircuitShape = named(
  'Circuit',
  z.strictObject({
    standing: z.enum(circuitStandings).openapi({
      description:
        '`due`: open, and the next lead tries it; `probing`: a lead is trying it; `held_…`: somebody holds it.',
    }),
    words: z.string().nullable().openapi({ description: 'Why a lead does not pass now.' }),
    failures: z.number().int(),
    open_since: TimeShape.nullable(),
    next_try_at: TimeShape.nullable(),
    last_failure: z.string().optional().openapi({ description: 'For the owner of what is called only.' }),
  }),
)

/** What may be done with a circuit. */
export const CircuitBody = named('HoldCircuit', z.strictObject({ action: CircuitAction }))

export const writeCircuit = (circuit: CircuitView): z.infer<typeof CircuitShape> => onWire(circuit)

export const circuit = {
  standing: 'open',
  words: 'Circuit open after 5 failures, next try 14:05 Los Angeles',
  failures: 5,
  open_since: '2026-01-14T21:35:00.000Z',
  next_try_at: '2026-01-14T22:05:00.000Z',
  last_failure: 'The server refused the connection.',
} as const
