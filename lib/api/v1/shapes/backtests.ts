import { z } from '@hono/zod-openapi'
import { AssumptionInput, type BacktestLead, type BacktestView, CreateBacktestInput } from '../../../backtests/schema'
import type { LeadEnding } from '../../../engine/index'
import { changeKinds } from '../../../engine/index'
import { onWire } from '../wire'
import { AmountShape, named, TimeShape, UuidShape } from './common'

export const NewBacktest = named('NewBacktest', CreateBacktestInput.omit({ flowId: true }))

const Count = z.number().int()
const BuyerTotalsShape = z.strictObject({
  step_id: z.string(),
  name: z.string(),
  accepted: Count,
  rejected: Count,
  error: Count,
  unknown: Count,
  skipped: Count,
  revenue: AmountShape,
})
const SideShape = named(
  'BacktestSide',
  z.strictObject({
    leads: Count,
    sold: Count,
    success: Count,
    failure: Count,
    error: Count,
    pending: Count,
    revenue: AmountShape,
    cost: AmountShape,
    buyers: z.array(BuyerTotalsShape),
  }),
)
const ChangeShape = z.enum(changeKinds).openapi({
  description:
    'How the lead differs: no longer sold, sold now, sold to others, for other money, another outcome, another reason, the same; `new` has nothing to compare with.',
})

export const BacktestShape = named(
  'Backtest',
  z.strictObject({
    id: UuidShape,
    flow_id: UuidShape,
    version: z.union([z.literal('draft'), z.number().int()]),
    asked: z.strictObject({
      leads: z.union([
        z.strictObject({ last: z.number().int() }),
        z.strictObject({ from: z.string(), to: z.string().optional() }),
        z.strictObject({ file: z.literal(true), source_id: z.string().optional() }),
      ]),
      recorded: z.boolean(),
      assume: AssumptionInput,
      assume_steps: z.record(z.string(), AssumptionInput),
      all_ready: z.boolean(),
    }),
    status: z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']),
    problem: z.string().optional(),
    total: Count.openapi({ description: 'Leads to run, once they are counted.' }),
    done: Count,
    totals: z
      .strictObject({
        before: SideShape.openapi({ description: 'What happened.' }),
        after: SideShape.openapi({ description: 'What would have.' }),
        changes: z.partialRecord(z.enum(changeKinds), Count),
      })
      .optional(),
    created_by: z.string().optional(),
    created_at: TimeShape,
    started_at: TimeShape.optional(),
    ended_at: TimeShape.optional(),
    kept_until: TimeShape,
  }),
)

const EndingShape = named(
  'LeadEnding',
  z.strictObject({
    outcome: z.enum(['success', 'failure', 'error', 'pending']),
    reason: z.string().optional(),
    buyers: z.array(
      z.strictObject({
        step_id: z.string(),
        name: z.string(),
        outcome: z.string(),
        reason: z.string().optional(),
        price: AmountShape,
      }),
    ),
    revenue: AmountShape,
    cost: AmountShape,
  }),
)

export const BacktestLeadShape = named(
  'BacktestLead',
  z.strictObject({
    position: Count,
    lead_id: UuidShape.optional(),
    label: z.string().optional(),
    change: ChangeShape,
    before: EndingShape.optional(),
    after: EndingShape,
  }),
)

const writeBuyers = <Buyer extends object>(buyers: Buyer[]) => buyers.map((buyer) => onWire(buyer))

export function writeBacktest({ totals, ...backtest }: BacktestView): z.infer<typeof BacktestShape> {
  const side = ({ buyers, ...rest }: NonNullable<typeof totals>['before']) => ({
    ...onWire(rest),
    buyers: writeBuyers(buyers),
  })
  return {
    ...onWire(backtest),
    ...(totals && { totals: { before: side(totals.before), after: side(totals.after), changes: totals.changes } }),
  }
}

const writeEnding = ({ buyers, ...rest }: LeadEnding): z.infer<typeof EndingShape> => ({
  ...onWire(rest),
  buyers: writeBuyers(buyers),
})

export function writeBacktestLead({ before, after, ...lead }: BacktestLead): z.infer<typeof BacktestLeadShape> {
  return { ...onWire(lead), ...(before && { before: writeEnding(before) }), after: writeEnding(after) }
}
