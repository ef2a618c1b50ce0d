import { z } from 'zod'
import { EmailSpec } from './email'
import { Endpoint } from './endpoint'
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

export const Step = z.discriminatedUnion('type', [FilterStep, BuyerStep, MappingStep])
export type Step = z.infer<typeof Step>
export type FilterStep = z.infer<typeof FilterStep>
export type BuyerStep = z.infer<typeof BuyerStep>
export type MappingStep = z.infer<typeof MappingStep>
