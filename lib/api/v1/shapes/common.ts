import { z } from '@hono/zod-openapi'
import {
  AccountCaps,
  BusinessHours,
  DestinationConfig,
  DestinationPing,
  DistributionStep,
  EmailSpec,
  FlowDocument,
  MailTemplate,
  Parser,
  ResponseSpec,
  Rule,
  SourceSettings,
} from '../../../engine/schema'
import { TryRuleInput } from '../../../flows/schema'

/**
 * A schema under its name in the document. The copy is one that the generator can name: schemas of the domains are
 * made without knowing of it.
 */
export const named = <Schema extends z.ZodType>(name: string, schema: Schema): Schema => schema.clone().openapi(name)

const { leadId, values } = TryRuleInput.shape
const RuleTrialInput = z.strictObject({ rule: Rule, lead_id: leadId, values })
const Acceptance = SourceSettings.shape.acceptance.unwrap()

/*
 * Rules nest in themselves, which the generator cannot follow; zod's own JSON Schema can, and OpenAPI 3.1 speaks the
 * same dialect.
 */
const documents = z.registry<{ id: string }>()
documents.add(Rule.options[1], { id: 'BuiltRule' })
documents.add(DistributionStep, { id: 'DistributionStep' })
documents.add(RuleTrialInput, { id: 'RuleTrialInput' })
documents.add(FlowDocument, { id: 'FlowDocument' })
documents.add(Acceptance, { id: 'Acceptance' })
documents.add(DestinationConfig.shape.request, { id: 'RequestSpec' })
documents.add(DestinationConfig.shape.endpoint, { id: 'Endpoint' })
documents.add(DestinationPing, { id: 'DestinationPing' })
documents.add(EmailSpec, { id: 'EmailSpec' })
documents.add(ResponseSpec, { id: 'ResponseSpec' })
documents.add(Parser, { id: 'Parser' })

type JsonSchema = Record<string, unknown>
const { schemas } = z.toJSONSchema(documents, {
  io: 'input',
  target: 'draft-2020-12',
  unrepresentable: 'any',
  uri: (id) => `#/components/schemas/${id}`,
})

/** The shapes of the flow document as JSON Schema, by name. */
export const documentSchemas: Record<string, JsonSchema> = Object.fromEntries(
  Object.entries(schemas).map(([id, schema]) => {
    const { $schema: _, $id: __, ...rest } = schema as JsonSchema
    return [id, rest]
  }),
)

const fromDocument = <Schema extends z.ZodType>(id: string, schema: Schema): Schema =>
  schema.clone().openapi(id, documentSchemas[id] ?? {})

export const RuleTrialBody = fromDocument('RuleTrialInput', RuleTrialInput)
export const FlowDocumentShape = fromDocument('FlowDocument', FlowDocument)
export const AcceptanceShape = fromDocument('Acceptance', Acceptance)
export const EndpointShape = fromDocument('Endpoint', DestinationConfig.shape.endpoint)
export const RequestShape = fromDocument('RequestSpec', DestinationConfig.shape.request)
export const MailTemplateShape = named('MailTemplate', MailTemplate)
export const EmailShape = fromDocument('EmailSpec', EmailSpec)
export const DestinationPingShape = fromDocument('DestinationPing', DestinationPing)
export const ResponseShape = fromDocument('ResponseSpec', ResponseSpec)

/** An id in a path. One that is no uuid names nothing: 404, as any other that is not there. */
export const IdParam = z.object({ id: z.uuid() })
export const UuidShape = z.uuid().openapi({ example: '0197a3c2-5b7e-7c41-9d0f-6a1e2b3c4d5e' })
export const TimeShape = z.iso.datetime().openapi({ example: '2026-01-15T14:02:11.031Z' })
/** Money: a decimal number with at most two places. */
export const AmountShape = z
  .number()
  .openapi({ example: 45, description: 'In the currency of the account, two places.' })

/** `{data, next_cursor}`: `next_cursor` is null on the last page. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ data: z.array(item), next_cursor: z.string().nullable() })

export const ProblemInDocument = named(
  'DocumentProblem',
  z.strictObject({
    severity: z.enum(['error', 'warning']),
    path: z.string(),
    message: z.string(),
    step_id: z.string().optional(),
  }),
)

export const TraceShape = named(
  'TraceEntry',
  z.strictObject({
    kind: z.enum([
      'acceptance',
      'filter',
      'switch',
      'connection',
      'eligible',
      'required',
      'hours',
      'quality',
      'cap',
      'breaker',
      'duplicate',
      'distribution',
      'ping',
      'queue',
      'mapping',
      'lookup',
      'duplicate',
      'suppression',
      'delivery',
      'recovery',
    ]),
    passed: z.boolean(),
    text: z.string(),
    comparisons: z
      .array(
        z.strictObject({
          text: z.string(),
          passed: z.boolean(),
          left: z.unknown().optional(),
          right: z.unknown().optional(),
        }),
      )
      .optional(),
  }),
)

export const RecordedRequestShape = named(
  'RecordedRequest',
  z.strictObject({
    method: z.string(),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
    truncated: z.boolean().optional(),
  }),
)

export const RecordedMailShape = named(
  'RecordedMail',
  z.strictObject({
    to: z.array(z.string()),
    cc: z.array(z.string()).optional(),
    reply_to: z.string().optional(),
    subject: z.string(),
    text: z.string(),
    attachment: z.string().optional(),
  }),
)

export const RecordedResponseShape = named(
  'RecordedResponse',
  z.strictObject({
    status: z.number().int(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
    truncated: z.boolean().optional(),
  }),
)

export const ProblemShape = named(
  'Problem',
  z.strictObject({
    type: z.url(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    errors: z.array(z.strictObject({ path: z.string(), message: z.string() })),
  }),
)

type Strict<Shape extends z.ZodRawShape> = {
  [Key in keyof Shape]: Shape[Key] extends z.ZodCatch<infer Inner extends z.ZodType> ? Inner : Shape[Key]
}

/** The same filters as a page's, but a wrong one is refused, where the page forgives. Ones nobody knows are too. */
export function strictFilters<Shape extends z.ZodRawShape>(
  filters: z.ZodObject<Shape>,
): z.ZodObject<Strict<Shape>, z.core.$strict> {
  const fields = Object.entries(filters.shape).map(([name, field]) => [
    name,
    field instanceof z.ZodCatch ? field.unwrap() : field,
  ])
  return z.strictObject(Object.fromEntries(fields)) as unknown as z.ZodObject<Strict<Shape>, z.core.$strict>
}

/** Caps of an account on its destination or connection; 0 and absent mean no limit. */
export const AccountCapsShape = named('AccountCaps', AccountCaps)
export const WeekShape = named('WeekOfHours', BusinessHours)
