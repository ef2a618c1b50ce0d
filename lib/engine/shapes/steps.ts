import { z } from 'zod'
import { EmailSpec } from './email'
import { Endpoint } from './endpoint'
import { FieldName } from './fields'
import { Request, requestFormats, requestMethods } from './request'
import { ResponseSpec } from './response'
import { Rule } from './rules'

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

const BuyerStep = z.strictObject({
  id: StepId,
  type: z.literal('buyer'),
  name: z.string().min(1).max(120),
  connection: z.discriminatedUnion('method', [ManualConnection, InviteConnection, EmailConnection]),
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
    .strictObject({ active: z.boolean().default(true), price: z.number().min(0).max(1_000_000).optional() })
    .default({ active: true }),
  eligible_when: Rule.optional(),
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

export const Step = z.discriminatedUnion('type', [
  FilterStep,
  BuyerStep,
  MappingStep,
  LookupStep,
  DuplicateCheckStep,
  SuppressionStep,
])
export type Step = z.infer<typeof Step>
export type FilterStep = z.infer<typeof FilterStep>
export type BuyerStep = z.infer<typeof BuyerStep>
export type MappingStep = z.infer<typeof MappingStep>
export type LookupStep = z.infer<typeof LookupStep>
export type DuplicateCheckStep = z.infer<typeof DuplicateCheckStep>
export type SuppressionStep = z.infer<typeof SuppressionStep>
