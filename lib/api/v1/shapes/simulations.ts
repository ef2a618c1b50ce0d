import { z } from '@hono/zod-openapi'
import { type SimulatedBuyer, SimulateLeadInput, type Simulation } from '../../../backtests/schema'
import { onWire } from '../wire'
import { AmountShape, named, TimeShape, TraceShape } from './common'
import { consideredFields, writeConsidered } from './log'

const { leadId, lead, sourceId, at, timeZone, answers, allReady } = SimulateLeadInput.shape

export const SimulationBody = named(
  'NewSimulation',
  z.strictObject({
    lead_id: leadId.describe('A lead of this flow to begin with.'),
    lead: lead.describe('Nested as in a submission. It stands over the values of `lead_id`; null takes one away.'),
    source_id: sourceId,
    at: at.describe('Now unless said: ISO 8601, or a local time of `time_zone` like 2026-01-15T09:30.'),
    time_zone: timeZone.describe('The account’s unless said.'),
    answers: answers.describe('What a buyer step says if it is asked: it accepts unless said.'),
    all_ready: allReady.describe('Take steps that are off or wait for their buyer as ready.'),
  }),
)

const CapUseShape = z.strictObject({
  words: z.string(),
  live: z.boolean().openapi({ description: 'False where the moment lies in another stretch of time: taken as empty.' }),
})

export const SimulationShape = named(
  'Simulation',
  z.strictObject({
    at: TimeShape,
    time_zone: z.string(),
    outcome: z.enum(['success', 'failure', 'error', 'pending']),
    reason: z.string().optional(),
    waits_until: TimeShape.optional(),
    revenue: AmountShape,
    cost: AmountShape,
    trace: z.array(TraceShape),
    steps: z.array(
      z.strictObject({
        step_id: z.string(),
        name: z.string(),
        type: z.string(),
        outcome: z.string(),
        reason: z.string().optional(),
        trace: z.array(TraceShape),
      }),
    ),
    considered: z.array(z.strictObject({ ...consideredFields, caps: z.array(CapUseShape).optional() })),
    notes: z.array(z.string()),
  }),
)

function writeBuyer({ caps, ...row }: SimulatedBuyer) {
  return { ...writeConsidered(row), ...(caps && { caps: caps.map(({ words, isLive: live }) => ({ words, live })) }) }
}

export function writeSimulation({ steps, considered, ...rest }: Simulation): z.infer<typeof SimulationShape> {
  return { ...onWire(rest), steps: steps.map((step) => onWire(step)), considered: considered.map(writeBuyer) }
}
