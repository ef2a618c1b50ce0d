import { z } from '@hono/zod-openapi'
import {
  DestinationFilters,
  type DestinationSummary,
  type DestinationView,
  type IntegrationView,
  integrations,
  SandboxSettings,
  TestDestinationInput,
  UpdateDestinationInput,
} from '../../../destinations/schema'
import { DestinationConfig, type DestinationTest, type PingTest } from '../../../engine/schema'
import { onWire } from '../wire'
import { CircuitShape, writeCircuit } from './circuits'
import {
  AccountCapsShape,
  AmountShape,
  DestinationPingShape,
  EmailShape,
  EndpointShape,
  named,
  ProblemInDocument,
  RecordedMailShape,
  RecordedRequestShape,
  RecordedResponseShape,
  RequestShape,
  ResponseShape,
  strictFilters,
  TimeShape,
  UuidShape,
} from './common'
import { writeProblem } from './flows'

export const DestinationQuery = strictFilters(DestinationFilters).extend({ cursor: z.uuid().optional() })

const Sandbox = named('SandboxSettings', SandboxSettings)
const { name, description } = UpdateDestinationInput.shape
const requiredFields = DestinationConfig.shape.required_fields

/** The configuration's parts stand beside the name on the wire; within they are one `config`. */
export const NewDestination = named(
  'NewDestination',
  z.discriminatedUnion('integration', [
    named(
      'NewWebhookDestination',
      z.strictObject({
        name: name.unwrap(),
        description,
        integration: z.literal('webhook'),
        endpoint: EndpointShape,
        request: RequestShape,
        response: ResponseShape,
        required_fields: requiredFields.unwrap().optional(),
        ping: DestinationPingShape.optional(),
        insecure_confirmed: z.boolean().optional().openapi({ description: 'Accepts plain http:// for this address.' }),
      }),
    ),
    named(
      'NewEmailDestination',
      z.strictObject({ name: name.unwrap(), description, integration: z.literal('email'), email: EmailShape }),
    ),
    named(
      'NewSandboxDestination',
      z.strictObject({
        name: name.unwrap(),
        description,
        integration: z.literal('sandbox'),
        settings: Sandbox.optional(),
        request: RequestShape.optional(),
        required_fields: requiredFields.unwrap().optional(),
      }),
    ),
  ]),
)

export const DestinationChanges = named(
  'DestinationChanges',
  z.strictObject({
    name,
    description,
    endpoint: EndpointShape.optional(),
    request: RequestShape.optional(),
    response: ResponseShape.optional(),
    required_fields: requiredFields.unwrap().optional(),
    ping: DestinationPingShape.nullable().optional(),
    settings: Sandbox.optional(),
    email: EmailShape.optional(),
    insecure_confirmed: z.boolean().optional(),
  }),
)
export const TestBody = named(
  'TestDestination',
  z.strictObject({ connection_id: TestDestinationInput.shape.connectionId }),
)

const AuthKind = z.enum([
  'none',
  'basic',
  'bearer',
  'api_key',
  'custom',
  'oauth2_client_credentials',
  'oauth2_refresh_token',
])
const status = z.enum(['draft', 'tested', 'live', 'disabled'])
const summary = {
  id: UuidShape,
  name: z.string(),
  description: z.string(),
  integration: z.enum(integrations),
  status,
  url: z.string(),
  insecure: z.boolean(),
  tested_at: TimeShape.nullable(),
  test_passed: z.boolean().nullable(),
  acknowledged: z.boolean(),
  updated_at: TimeShape,
}

export const DestinationSummaryShape = named(
  'DestinationSummary',
  z.strictObject({ ...summary, connections: z.number().int() }),
)

const exchange = {
  passed: z.boolean(),
  at: TimeShape,
  checks: z.array(z.strictObject({ name: z.string(), passed: z.boolean(), message: z.string() })),
  request: RecordedRequestShape.optional(),
  response: RecordedResponseShape.optional(),
}

export const PingTestShape = named(
  'PingTest',
  z.strictObject({
    ...exchange,
    bid: z
      .strictObject({
        price: AmountShape.optional(),
        reference: z.string().optional(),
        captured: z.record(z.string(), z.unknown()).optional(),
      })
      .optional(),
  }),
)

export const TestShape = named(
  'DestinationTest',
  z.strictObject({
    ...exchange,
    mail: RecordedMailShape.optional(),
    ping: PingTestShape.optional(),
  }),
)

export const DestinationShape = named(
  'Destination',
  z.strictObject({
    ...summary,
    endpoint: EndpointShape.optional(),
    request: RequestShape.optional(),
    response: ResponseShape.optional(),
    required_fields: z.array(z.string()),
    ping: DestinationPingShape.optional(),
    email: EmailShape.optional(),
    settings: Sandbox.nullable(),
    credential: z
      .strictObject({ type: AuthKind.exclude(['none']), last_four: z.string(), updated_at: TimeShape })
      .nullable(),
    secrets: z.record(z.string(), z.strictObject({ last_four: z.string(), updated_at: TimeShape })),
    insecure_confirmed: z.boolean(),
    circuit: CircuitShape.nullable(),
    caps: AccountCapsShape.nullable(),
    last_test: TestShape.nullable(),
    acknowledged_at: TimeShape.nullable(),
    problems: z.array(ProblemInDocument),
    connections: z.array(
      z.strictObject({ id: UuidShape, seller: z.string(), status: z.enum(['active', 'paused', 'revoked']) }),
    ),
    created_at: TimeShape,
  }),
)

export const IntegrationShape = named(
  'Integration',
  z.strictObject({
    id: z.enum(integrations),
    name: z.string(),
    description: z.string(),
    needs_url: z.boolean(),
    auth: z.array(AuthKind),
    starter: z.strictObject({
      endpoint: z.unknown(),
      request: RequestShape,
      response: ResponseShape,
      required_fields: z.array(z.string()),
      email: EmailShape.optional(),
    }),
  }),
)

type Parts = {
  endpoint?: unknown
  request?: unknown
  response?: unknown
  required_fields?: unknown
  ping?: unknown
  email?: unknown
  insecure_confirmed?: unknown
}

/** The wire's parts as the verbs take them. */
export function readDestination<Body extends Parts>({
  endpoint,
  request,
  response,
  required_fields,
  ping,
  insecure_confirmed,
  ...rest
}: Body) {
  const parts = Object.entries({ endpoint, request, response, required_fields, ping }).filter(
    ([, part]) => part !== undefined,
  )
  return {
    ...rest,
    ...(parts.length > 0 && { config: Object.fromEntries(parts) }),
    ...(insecure_confirmed !== undefined && { insecureConfirmed: insecure_confirmed }),
  }
}

/** `config.endpoint.url` is `endpoint.url` on the wire. */
export const destinationPath = (path: string): string =>
  path
    .replace(/^config\.?/, '')
    .replace(/^insecureConfirmed$/, 'insecure_confirmed')
    .replace(/^connectionId$/, 'connection_id')

export const writePingTest = ({ bid, ...test }: PingTest): z.infer<typeof PingTestShape> => ({
  ...test,
  ...(bid && { bid: onWire(bid) }),
})

export const writeTest = ({ ping, ...test }: DestinationTest): z.infer<typeof TestShape> => ({
  ...test,
  ...(ping && { ping: writePingTest(ping) }),
})
export const writeDestinationSummary = (view: DestinationSummary): z.infer<typeof DestinationSummaryShape> =>
  onWire(view)

export function writeDestination({ config, ...view }: DestinationView): z.infer<typeof DestinationShape> {
  const { email, required_fields } = config
  return {
    ...onWire(view),
    ...(view.integration === 'email' && email ? { email, required_fields } : config),
    credential: view.credential && onWire(view.credential),
    circuit: view.circuit && writeCircuit(view.circuit),
    last_test: view.lastTest && writeTest(view.lastTest),
    secrets: Object.fromEntries(Object.entries(view.secrets).map(([ref, secret]) => [ref, onWire(secret)])),
    problems: view.problems.map(writeProblem),
  }
}

export const writeIntegration = (view: IntegrationView): z.infer<typeof IntegrationShape> => onWire(view)
