import { z } from 'zod'
import { EmailSpec } from './email'
import { Endpoint } from './endpoint'
import { FieldName } from './fields'
import { Request, requestFormats, requestMethods } from './request'
import { PingSeconds, ResponseSpec } from './response'
import { Rule } from './rules'
import { ConditionalDelivery, Failover, Retry } from './selling'

const StepId = z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/i, 'Use letters, digits, - and _, starting with a letter.')

const ManualConnection = z.strictObject({
  method: z.literal('manual'),
  endpoint: Endpoint,
  request: Request,
  response: ResponseSpec.default({ success_codes: [200, 201, 202, 204] }),
})

const InviteConnection = z.strictObject({
  method: z.literal('invite'),
  connection_id: z.uuid().optional(),
  invitation_id: z.uuid().optional(),
  shared_fields: z.array(z.string().max(100)).max(500),
  /** Which of them the buyer may be told when it is pinged; those that name nobody unless said. None: it is not pinged. */
  ping_fields: z.array(z.string().max(100)).max(500).optional(),
})

const EmailConnection = z.strictObject({ method: z.literal('email'), email: EmailSpec })

const FilterStep = z.strictObject({
  id: StepId,
  type: z.literal('filter'),
  name: z.string().min(1).max(120),
  /** `false`: leads pass it as if it were not there. */
  active: z.boolean().optional(),
  stop_when: Rule,
  outcome: z.enum(['success', 'failure', 'error']).default('failure'),
  /** The lead ends as this earlier step did, whatever `outcome` says. */
  outcome_of: StepId.optional(),
  reason: z.string().max(500).default(''),
})

/** Sets fields of the lead, in the order in which they stand. */
const MappingStep = z.strictObject({
  id: StepId,
  type: z.literal('mapping'),
  name: z.string().min(1).max(120),
  active: z.boolean().optional(),
  set: z.record(z.string().min(1).max(200), z.union([z.string().max(4000), z.number(), z.boolean()])),
  when: Rule.optional(),
})

/** Asks a buyer for its bid, with what it may see before it buys. */
const Ping = z.strictObject({
  endpoint: Endpoint,
  request: Request,
  response: ResponseSpec.default({ success_codes: [200, 201, 202, 204] }),
  /** Shorter than the time that the distribution gives for bids. */
  timeout_seconds: PingSeconds.optional(),
})

export const BuyerStep = z.strictObject({
  id: StepId,
  type: z.literal('buyer'),
  name: z.string().min(1).max(120),
  /** Whose limits and schedule count here too; an invited buyer's partner is that of its connection. */
  partner_id: z.uuid().optional(),
  connection: z.discriminatedUnion('method', [ManualConnection, InviteConnection, EmailConnection]),
  /** Sent where a distribution asks the highest price first: the bid is the price then. */
  ping: Ping.optional(),
  /** A mail beside the delivery: it follows a lead that was accepted. */
  email: EmailSpec.optional(),
  delivery: z
    .strictObject({
      method: z.enum(requestMethods).default('POST'),
      format: z.enum(requestFormats).default('json'),
      timeout_seconds: z.number().min(1).max(360).default(30),
    })
    .default({ method: 'POST', format: 'json', timeout_seconds: 30 }),
  rules: z
    .strictObject({
      active: z.boolean().default(true),
      price: z.number().min(0).max(1_000_000).optional(),
      /** What it pays where its distribution sells to more than one. */
      shared_price: z.number().min(0).max(1_000_000).optional(),
      /** False: the same email or phone does not reach this buyer again within the window (30 days unless said). */
      accept_duplicates: z.boolean().optional(),
      duplicate_window_days: z.int().min(1).max(400).optional(),
    })
    .default({ active: true }),
  eligible_when: Rule.optional(),
  /** Reached only as somebody's backup, alternate, remediation or failover. */
  standby: z.boolean().optional(),
  /** Its share in a weighted distribution. */
  weight: z.int().min(0).max(1_000_000).optional(),
  /** Where its distribution chooses by rules: whether it is chosen. */
  when: Rule.optional(),
  conditional_delivery: ConditionalDelivery.optional(),
  failover: Failover.optional(),
  retry: Retry.optional(),
  /** Whether a lead that may have been taken goes on to the next buyer, and may be sold twice. */
  on_unknown: z.enum(['reconcile', 'next_buyer']).optional(),
})

/** Asks a service by HTTP; what its answer's captures find is there for later steps. */
const LookupStep = z.strictObject({
  id: StepId,
  type: z.literal('lookup'),
  name: z.string().min(1).max(120),
  active: z.boolean().optional(),
  run_when: Rule.optional(),
  endpoint: Endpoint,
  request: Request,
  response: ResponseSpec.default({ success_codes: [200, 201, 202, 204] }),
  timeout_seconds: z.number().min(1).max(60).default(10),
  /** What becomes of the lead when the look-up fails or breaks. */
  on_failure: z.enum(['continue', 'stop']).default('continue'),
})

const ComparedFields = z.array(FieldName).min(1, 'Choose at least one field.').max(10)
/** What becomes of a lead that is found: it ends here, or it goes on with a mark that later steps can read. */
const onMatch = {
  on_match: z.enum(['stop', 'mark']).default('stop'),
  outcome: z.enum(['success', 'failure', 'error']).default('failure'),
}

/** Looks whether the same person came before. */
const DuplicateCheckStep = z.strictObject({
  id: StepId,
  type: z.literal('duplicate_check'),
  name: z.string().min(1).max(120),
  active: z.boolean().optional(),
  fields: ComparedFields,
  match: z.enum(['any', 'all']).default('any'),
  /** 0 looks back as far as the log reaches. */
  window_days: z.int().min(0).max(400).default(30),
  scope: z.enum(['flow', 'source', 'account']).default('flow'),
  against: z.enum(['received', 'accepted']).default('received'),
  ...onMatch,
  reason: z.string().max(500).default('Duplicate'),
})

/** Looks whether the lead stands on a list of the account. */
const SuppressionStep = z.strictObject({
  id: StepId,
  type: z.literal('suppression'),
  name: z.string().min(1).max(120),
  active: z.boolean().optional(),
  list_id: z.string().max(100).default(''),
  fields: ComparedFields,
  ...onMatch,
  reason: z.string().max(500).default('Suppressed'),
})

export const strategies = [
  'priority',
  'weighted',
  'round_robin',
  'highest_price',
  'rules',
  'table',
  'broadcast',
] as const
export type Strategy = (typeof strategies)[number]

const Distribution = {
  id: StepId,
  type: z.literal('distribution'),
  name: z.string().min(1).max(120),
  /** False: leads pass it by. */
  active: z.boolean().optional(),
  /** `ping_post` is what others call the highest price where buyers are pinged. */
  strategy: z
    .enum([...strategies, 'ping_post'])
    .transform((strategy): Strategy => (strategy === 'ping_post' ? 'highest_price' : strategy))
    .default('priority'),
  /** How many buyers may have the lead; a broadcast sells to all who take it unless it is said. */
  sell_to: z.int().min(1).max(100).optional(),
  /** As many buyers are asked at the same time as may still have the lead, instead of one after the other. */
  parallel: z.boolean().optional(),
  time_budget_seconds: z.number().min(1).max(360).optional(),
  /** How long bids are waited for, where buyers are pinged. */
  bids_within_seconds: z.number().min(0.1).max(60).optional(),
  /** Where the strategy is a table: which member is chosen by the value of a field. */
  table: z
    .strictObject({
      field: z.string().min(1).max(200),
      members: z.record(z.string().max(200), z.string().max(64)),
      default: z.string().max(64).optional(),
    })
    .optional(),
  weight: z.int().min(0).max(1_000_000).optional(),
  when: Rule.optional(),
}

/** A group of buyers with a strategy; groups may stand in groups, four deep. */
export type DistributionStep = z.infer<z.ZodObject<typeof Distribution>> & { buyers: (BuyerStep | DistributionStep)[] }
type DistributionInput = z.input<z.ZodObject<typeof Distribution>> & {
  buyers: (z.input<typeof BuyerStep> | DistributionInput)[]
}
const Member: z.ZodType<BuyerStep | DistributionStep, z.input<typeof BuyerStep> | DistributionInput> = z.lazy(() =>
  z.discriminatedUnion('type', [BuyerStep, DistributionStep]),
)
export const DistributionStep = z.strictObject({
  ...Distribution,
  get buyers() {
    return z.array(Member).max(200)
  },
})

export const Step = z.discriminatedUnion('type', [
  FilterStep,
  BuyerStep,
  MappingStep,
  LookupStep,
  DuplicateCheckStep,
  SuppressionStep,
  DistributionStep,
])
export type Step = z.infer<typeof Step>
export type FilterStep = z.infer<typeof FilterStep>
export type BuyerStep = z.infer<typeof BuyerStep>
export type Ping = z.infer<typeof Ping>
export type MappingStep = z.infer<typeof MappingStep>
export type LookupStep = z.infer<typeof LookupStep>
export type DuplicateCheckStep = z.infer<typeof DuplicateCheckStep>
export type SuppressionStep = z.infer<typeof SuppressionStep>
