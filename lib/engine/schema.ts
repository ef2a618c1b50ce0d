import { z } from 'zod'

/** Types a field may have; `field-types.ts` says what each makes of a value. */
export const fieldTypes = [
  'string',
  'email',
  'phone',
  'first_name',
  'last_name',
  'full_name',
  'street',
  'city',
  'state',
  'postal_code',
  'country',
  'number',
  'currency',
  'range',
  'boolean',
  'date',
  'dob',
  'time',
  'gender',
  'ip',
  'url',
  'trustedform_url',
  'ssn',
  'credential',
  'credit_card',
] as const
export type FieldType = (typeof fieldTypes)[number]

const FieldName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/i, 'Use letters, digits and underscores, with dots between parts.')
  .max(100)

const StepId = z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/i, 'Use letters, digits, - and _, starting with a letter.')

export const Field = z.strictObject({
  name: FieldName,
  type: z.enum(fieldTypes),
  label: z.string().max(100).optional(),
  required: z.boolean().optional(),
})

export const ruleOps = [
  'equals',
  'not_equals',
  'less_than',
  'at_most',
  'greater_than',
  'at_least',
  'in',
  'not_in',
  'includes',
  'not_includes',
  'starts_with',
  'ends_with',
  'matches',
  'not_matches',
  'blank',
  'not_blank',
  'valid',
  'not_valid',
  'true',
  'not_true',
] as const
export type RuleOp = (typeof ruleOps)[number]
const RuleValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))])

export type BuiltRule =
  | { field: string; op: RuleOp; value?: z.infer<typeof RuleValue> | undefined }
  | { all: BuiltRule[] }
  | { any: BuiltRule[] }
const BuiltRuleSchema: z.ZodType<BuiltRule> = z.lazy(() =>
  z.union([
    z.strictObject({ field: z.string().min(1), op: z.enum(ruleOps), value: RuleValue.optional() }),
    z.strictObject({ all: z.array(BuiltRuleSchema).max(100) }),
    z.strictObject({ any: z.array(BuiltRuleSchema).max(100) }),
  ]),
)

/** A rule: an expression in CEL syntax, or rows as the rule builder makes them. */
export const Rule = z.union([z.string().max(4000), BuiltRuleSchema])
export type Rule = z.infer<typeof Rule>

/** A secret in a document: a reference. A value given by a person is taken out and sealed before it is saved. */
export const SecretRef = z.strictObject({ secret: z.string().min(1) })
export type SecretRef = z.infer<typeof SecretRef>
const Secret = z.union([SecretRef, z.string()])

const HttpUrl = z
  .string()
  .max(2000)
  .refine((text) => {
    try {
      const url = new URL(text)
      return (
        (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '' && !url.username && !url.password
      )
    } catch {
      return false
    }
  }, 'Give a full address that starts with https:// and carries no user name.')

export const Auth = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({
    type: z.literal('basic'),
    username: z.string().min(1, 'Give the user name.').max(200),
    password: Secret,
  }),
  z.strictObject({ type: z.literal('bearer'), token: Secret }),
  z.strictObject({
    type: z.literal('api_key'),
    header: z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'Give the name of a header.'),
    key: Secret,
  }),
])
export type Auth = z.infer<typeof Auth>

const Headers = z.record(
  z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'Give the name of a header.'),
  z.string().max(2000),
)
const Template = z.union([z.string().max(4000), z.number(), z.boolean()])
const Mappings = z.record(z.string().min(1).max(200), Template)

export const Endpoint = z.strictObject({
  url: HttpUrl,
  method: z.literal('POST').default('POST'),
  auth: Auth.default({ type: 'none' }),
  headers: Headers.default({}),
})

export const Request = z.strictObject({
  format: z.literal('json').default('json'),
  mappings: Mappings,
  conditional_mappings: z
    .array(z.strictObject({ condition: Rule, mappings: Mappings }))
    .max(50)
    .optional(),
})

export const Parser = z.strictObject({
  type: z.literal('json').default('json'),
  success_path: z.string().max(200).optional(),
  success_value: z.union([z.string().max(200), z.number(), z.boolean()]).optional(),
  id_path: z.string().max(200).optional(),
  price_path: z.string().max(200).optional(),
  reason_path: z.string().max(200).optional(),
})

export const ResponseSpec = z.strictObject({
  success_codes: z.array(z.int().min(100).max(599)).max(50).default([200, 201, 202, 204]),
  error_codes: z.array(z.int().min(100).max(599)).max(50).optional(),
  parser: Parser.optional(),
})

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

const FilterStep = z.strictObject({
  id: StepId,
  type: z.literal('filter'),
  name: z.string().min(1).max(120),
  stop_when: Rule,
  outcome: z.enum(['success', 'failure', 'error']).default('failure'),
  reason: z.string().max(500).default(''),
})

const BuyerStep = z.strictObject({
  id: StepId,
  type: z.literal('buyer'),
  name: z.string().min(1).max(120),
  connection: z.discriminatedUnion('method', [ManualConnection, InviteConnection]),
  delivery: z
    .strictObject({
      method: z.literal('POST').default('POST'),
      format: z.literal('json').default('json'),
      timeout_seconds: z.number().min(1).max(360).default(30),
    })
    .default({ method: 'POST', format: 'json', timeout_seconds: 30 }),
  rules: z
    .strictObject({ active: z.boolean().default(true), price: z.number().min(0).max(1_000_000).optional() })
    .default({ active: true }),
  eligible_when: Rule.optional(),
})

export const Step = z.discriminatedUnion('type', [FilterStep, BuyerStep])
export type Step = z.infer<typeof Step>
export type FilterStep = z.infer<typeof FilterStep>
export type BuyerStep = z.infer<typeof BuyerStep>

const Mapping = z.strictObject({ from: z.string().min(1).max(200), to: FieldName })
const Acceptance = z.strictObject({ rule: Rule, reason: z.string().max(500).default('') })
const Price = z.strictObject({ cost: z.number().min(0).max(1_000_000) })

/** The flow document of `api.md` §4: one shape for editor, API, export and version. */
export const FlowDocument = z.strictObject({
  fields: z.array(Field).max(500).default([]),
  mappings: z.array(Mapping).max(500).default([]),
  acceptance: Acceptance.optional(),
  price: Price.optional(),
  succeed_when: z.enum(['any_accepted', 'all_accepted', 'always']).default('any_accepted'),
  steps: z.array(Step).max(200).default([]),
  feedback: z
    .strictObject({
      return: z
        .strictObject({
          allowed: z.boolean().default(true),
          within_days: z.int().min(0).max(400).default(7),
          reasons: z.array(z.string().min(1).max(200)).max(100).default([]),
          reason_required: z.boolean().default(false),
        })
        .default({ allowed: true, within_days: 7, reasons: [], reason_required: false }),
      conversion: z.strictObject({ allowed: z.boolean().default(true) }).default({ allowed: true }),
    })
    .default({
      return: { allowed: true, within_days: 7, reasons: [], reason_required: false },
      conversion: { allowed: true },
    }),
})
export type FlowDocument = z.infer<typeof FlowDocument>
export type FlowDocumentInput = z.input<typeof FlowDocument>

/** What a source adds to its flow: its own criteria, price, inbound names and answer. */
export const SourceSettings = z.strictObject({
  acceptance: Acceptance.optional(),
  price: Price.optional(),
  mappings: z.array(Mapping).max(500).default([]),
  response_fields: z
    .array(
      z
        .string()
        .regex(/^(outcome|reason|price|lead\.[a-z0-9_.]+)$/i, 'Use outcome, reason, price, lead.id or lead.<field>.'),
    )
    .max(50)
    .optional(),
  cors_origins: z.array(z.string().max(200)).max(50).default([]),
  rate_limit_per_minute: z.int().min(0).max(1_000_000).default(0),
})
export type SourceSettings = z.infer<typeof SourceSettings>

/** How a destination is reached: the same parts as a manual buyer step, and which mapped fields it can't do without. */
export const DestinationConfig = z.strictObject({
  endpoint: Endpoint,
  request: Request,
  response: ResponseSpec,
  required_fields: z.array(z.string().max(100)).max(200).default([]),
})
export type DestinationConfig = z.infer<typeof DestinationConfig>

/** One line of a test's verdict, in words a buyer understands. */
export type Check = { name: string; passed: boolean; message: string }
/** What *Send test lead* found; kept on the destination. `request` and `response` are redacted. */
export type DestinationTest = {
  passed: boolean
  at: string
  checks: Check[]
  request: RecordedRequest
  response?: RecordedResponse
}
/** A request and an answer as they are kept and shown: credentials redacted, at most 64 KiB each. */
export type RecordedRequest = {
  method: string
  url: string
  headers: Record<string, string>
  body: string
  truncated?: boolean
}
export type RecordedResponse = { status: number; headers: Record<string, string>; body: string; truncated?: boolean }
