import { z } from 'zod'
import { CircuitAction, type CircuitView } from '../breakers/schema'
import {
  AccountCaps,
  type Auth,
  DestinationConfig,
  DestinationPing,
  type DestinationTest,
  EmailSpec,
} from '../engine/schema'
import type { Problem } from '../engine/types'
import { Id, Name } from '../flows/schema'

export const integrations = ['webhook', 'email', 'sandbox'] as const
export type Integration = (typeof integrations)[number]

/** How the sandbox buyer answers; they travel in its URL. Beside the mode only that mode's own setting is kept. */
export const SandboxSettings = z.strictObject({
  mode: z.enum(['accept', 'reject', 'price', 'delay', 'fail']).default('accept'),
  price: z.coerce.number().min(0).max(1_000_000).optional(),
  reason: z.string().trim().max(200).optional(),
  delay_seconds: z.coerce.number().min(0).max(60).optional(),
  fail_status: z.coerce.number().int().min(500).max(599).optional(),
})
export type SandboxSettings = z.infer<typeof SandboxSettings>

const Common = { name: Name, description: z.string().trim().max(500).default('') }

/**
 * A destination to be made. A webhook brings the whole `config`, one by mail its addresses and words; the sandbox makes its own endpoint from `settings`,
 * and takes `config` only for its mappings and required fields.
 */
export const CreateDestinationInput = z.discriminatedUnion('integration', [
  z.strictObject({
    ...Common,
    integration: z.literal('webhook'),
    config: DestinationConfig,
    insecureConfirmed: z.boolean().default(false),
  }),
  z.strictObject({
    ...Common,
    integration: z.literal('email'),
    email: EmailSpec,
    insecureConfirmed: z.boolean().optional(),
  }),
  z.strictObject({
    ...Common,
    integration: z.literal('sandbox'),
    settings: SandboxSettings.default({ mode: 'accept' }),
    config: z
      .object({ request: DestinationConfig.shape.request, required_fields: DestinationConfig.shape.required_fields })
      .partial()
      .optional(),
    insecureConfirmed: z.boolean().optional(),
  }),
])
export type CreateDestinationInput = z.input<typeof CreateDestinationInput>

/** What is not named stays. Parts of `config` and `email` are replaced whole, `ping: null` takes it away; `settings` is the sandbox's. */
export const UpdateDestinationInput = z.strictObject({
  id: Id,
  name: Name.optional(),
  description: z.string().trim().max(500).optional(),
  config: z
    .object({
      endpoint: DestinationConfig.shape.endpoint,
      request: DestinationConfig.shape.request,
      response: DestinationConfig.shape.response,
      required_fields: z.array(z.string().max(100)).max(200),
      ping: DestinationPing.nullable(),
    })
    .partial()
    .optional(),
  settings: SandboxSettings.optional(),
  email: EmailSpec.optional(),
  insecureConfirmed: z.boolean().optional(),
})
export type UpdateDestinationInput = z.input<typeof UpdateDestinationInput>

/** `null` takes all caps away. */
export const SetDestinationCapsInput = z.strictObject({ id: Id, caps: AccountCaps.nullable() })

export const DestinationIdInput = z.strictObject({ id: Id })
/** With a connection the test sends that connection's shared fields; without one, everything that is mapped. */
export const TestDestinationInput = z.strictObject({ id: Id, connectionId: Id.optional() })

/** Held by hand, or left to itself again. */
export const HoldDestinationCircuitInput = z.strictObject({ id: Id, action: CircuitAction })

export type DestinationStatus = 'draft' | 'tested' | 'live' | 'disabled'

export const destinationStatusWords: Record<DestinationStatus, string> = {
  draft: 'Not tested yet',
  tested: 'Tested',
  live: 'Live',
  disabled: 'Disabled',
}

/** One kind of destination in the catalogue; `starter` is what its form begins with. */
export type IntegrationView = {
  id: Integration
  name: string
  description: string
  needsUrl: boolean
  auth: Auth['type'][]
  starter: DestinationConfig
}

export type DestinationSummary = {
  id: string
  name: string
  description: string
  integration: Integration
  status: DestinationStatus
  /** Where leads go: a URL, or the addresses of one by mail. */
  url: string
  /** Plain http://: whoever is on the way can read the leads. Never set for the sandbox. */
  insecure: boolean
  testedAt: string | null
  testPassed: boolean | null
  acknowledged: boolean
  connections: number
  updatedAt: string
}

/** Filters of the list of destinations. */
export const DestinationFilters = z.object({
  cursor: z.string().max(100).optional().catch(undefined),
  limit: z.coerce.number().int().min(1).max(200).optional().catch(undefined),
})
export type DestinationFilters = z.infer<typeof DestinationFilters>
export type DestinationPage = { data: DestinationSummary[]; nextCursor?: string }

/** A destination as its own account sees it. `config` holds `{secret}` references; `credential` shows the last 4. */
export type DestinationView = Omit<DestinationSummary, 'connections'> & {
  config: DestinationConfig
  settings: SandboxSettings | null
  credential: { type: Exclude<Auth['type'], 'none'>; lastFour: string; updatedAt: string } | null
  /** Every secret of `config` by its reference. */
  secrets: Record<string, { lastFour: string; updatedAt: string }>
  insecureConfirmed: boolean
  /** Its circuit breaker; null for one by mail, which calls nobody. */
  circuit: CircuitView | null
  /** At the most so many leads, whoever they come from. */
  caps: AccountCaps | null
  /** The test of the present configuration; null when it has changed since, or was never tested. */
  lastTest: DestinationTest | null
  acknowledgedAt: string | null
  problems: Problem[]
  connections: { id: string; seller: string; status: 'active' | 'paused' | 'revoked' }[]
  createdAt: string
}
