import { z } from 'zod'
import { CircuitAction, type CircuitView } from '../breakers/schema'
import { type CapPeriod, Field, FlowDocument, type FlowDocumentInput, Rule, SourceSettings } from '../engine/schema'
import type { Problem } from '../engine/types'
import type { Change } from './diff-documents'

export { type Change, diffDocuments, sameJson } from './diff-documents'

/** An id as it comes from outside: one that is no uuid names nothing, which is "not found" and not a wrong shape. */
export const Id = z.string().max(100)
export const Name = z.string().trim().min(1, 'Give it a name.').max(120, 'Use at most 120 characters.')

/** A published version by its number, or the draft. */
const VersionName = z.union([z.literal('draft'), z.coerce.number().int().min(1)])
export type VersionName = z.output<typeof VersionName>

export const FlowIdInput = z.strictObject({ flowId: Id })
export const CreateFlowInput = z.strictObject({ name: Name })
export const UpdateFlowInput = z.strictObject({ flowId: Id, name: Name.optional(), enabled: z.boolean().optional() })
/**
 * `document` is parsed apart, so that the paths of its problems point into the document itself. With `revision` the
 * save is refused when the draft has changed since that revision; without, the last save wins.
 */
export const SaveDraftInput = z.strictObject({
  flowId: Id,
  document: z.custom<FlowDocumentInput>(),
  revision: z.number().int().optional(),
})
export const DuplicateFlowInput = z.strictObject({ flowId: Id, name: Name.optional() })
/**
 * What is imported: a `document` as JSON, or `text` as it was pasted. It makes a new flow, or goes into the draft of
 * `flowId`. `secrets` are given by the names that the document calls them. A dry run only tells what would come of it.
 */
export const ImportFlowInput = z.strictObject({
  document: z.unknown().optional(),
  text: z.string().max(2_000_000).optional(),
  name: Name.optional(),
  flowId: Id.optional(),
  secrets: z.record(z.string().max(100), z.string().max(10_000)).default({}),
  dryRun: z.boolean().default(false),
})
export const FlowHistoryInput = z.strictObject({
  flowId: Id,
  stepId: z.string().max(64).optional(),
  cursor: z.string().max(100).optional(),
})
export const CompareVersionsInput = z.strictObject({ flowId: Id, from: VersionName, to: VersionName })

/** A rule to be tried: on a lead of the account, else on the sample lead; `values` by field stand over the lead's. */
export const TryRuleInput = z.strictObject({
  flowId: Id,
  rule: Rule,
  leadId: Id.optional(),
  values: z.record(z.string().max(200), z.unknown()).default({}),
})

export const PublishFlowInput = FlowIdInput
export const RestoreVersionInput = z.strictObject({ flowId: Id, version: z.coerce.number().int().min(1) })
/** Held by hand, or left to itself again: the circuit of a step that is configured by hand. */
export const HoldStepCircuitInput = z.strictObject({
  flowId: Id,
  stepId: z.string().min(1).max(64),
  action: CircuitAction,
})
export const SetStepActiveInput = z.strictObject({ flowId: Id, stepId: z.string().min(1).max(64), active: z.boolean() })

export const CreateSourceInput = z.strictObject({
  flowId: Id,
  name: Name,
  authenticationRequired: z.boolean().default(false),
  settings: SourceSettings.default({ mappings: [], cors_origins: [], rate_limit_per_minute: 0 }),
})
/** `settings` are merged by key: those not named stay; `null` takes one away. */
export const UpdateSourceInput = z.strictObject({
  flowId: Id,
  sourceId: Id,
  name: Name.optional(),
  enabled: z.boolean().optional(),
  authenticationRequired: z.boolean().optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
})
const mappings = SourceSettings.shape.mappings.unwrap()
/** `submitted` as parsed; the rest stands in the place of what is saved. `country: null`: the United States. */
export const PreviewSubmissionInput = z.strictObject({
  flowId: Id,
  sourceId: Id.optional(),
  submitted: z.record(z.string(), z.unknown()),
  fields: z.array(Field).max(500).optional(),
  flowMappings: mappings.optional(),
  sourceMappings: mappings.optional(),
  country: FlowDocument.shape.country.nullish(),
})
export const SourceIdInput = z.strictObject({ flowId: Id, sourceId: Id })

/** How far the way to an invited buyer is. Only `ready` delivers. */
export const setupStates = [
  'not_invited',
  'waiting_for_acceptance',
  'invitation_expired',
  'invitation_declined',
  'invitation_revoked',
  'setting_up',
  'testing',
  'ready',
  'destination_disabled',
  'paused_by_buyer',
  'paused_by_seller',
  'revoked',
] as const
export type SetupState = (typeof setupStates)[number]

/** The same in words for a page. */
export const setupWords: Record<SetupState, string> = {
  not_invited: 'No buyer invited yet',
  waiting_for_acceptance: 'Waiting for acceptance',
  invitation_expired: 'Invitation expired',
  invitation_declined: 'Invitation declined',
  invitation_revoked: 'Invitation revoked',
  setting_up: 'Buyer is setting up',
  testing: 'Buyer is testing',
  ready: 'Ready',
  destination_disabled: 'Destination is disabled',
  paused_by_buyer: 'Paused by the buyer',
  paused_by_seller: 'Paused by the seller',
  revoked: 'Disconnected',
}

/** A flow in a list. Times are ISO 8601, UTC. `changed`: the draft differs from what is live. */
export type FlowSummary = {
  id: string
  name: string
  enabled: boolean
  liveVersion: number | null
  publishedAt: string | null
  changed: boolean
  sources: number
  buyerSteps: number
  createdAt: string
  draftSavedAt: string
}

export type StepPartner = { id: string; name: string; status: 'active' | 'paused' }

/** How a buyer step stands now. `active` is its switch, else `rules.active`; `blocked` says why it can't deliver. */
export type StepState = {
  stepId: string
  name: string
  method: 'manual' | 'invite' | 'email'
  active: boolean
  recipient: string
  setup: SetupState
  setupWords: string
  blocked?: string
  sharedFields?: string[]
  /** An invited buyer's own destination asks it for bids, where the step lets it know anything before it buys. */
  pinged?: boolean
  connectionId?: string
  /** Whose limits and schedule count here: the one it names or, of an invited buyer, its connection's. */
  partner?: StepPartner
  invitationId?: string
  invitedEmail?: string
  /** The circuit breaker of whoever it calls; missing where it calls nobody, or has none. */
  circuit?: CircuitView
}

export type SourceView = {
  id: string
  flowId: string
  name: string
  kind: 'direct' | 'account'
  enabled: boolean
  authenticationRequired: boolean
  /** The end of its key; null when it has none. */
  keyLastFour: string | null
  settings: SourceSettings
  submitUrl: string
  /** Where it asks for a bid. */
  pingUrl: string
  docsUrl: string
  createdAt: string
}
/** `key` and `webhookSecret`, the secret that signs what its webhook is told, are shown this once. */
export type CreatedSource = SourceView & { key?: string; webhookSecret?: string }

/** A flow in the editor. `steps` are the draft's buyer steps, `liveSteps` those that take leads now. */
export type FlowView = {
  id: string
  name: string
  enabled: boolean
  timeZone: string
  draft: FlowDocument
  draftSavedAt: string
  /** Nobody when it was the system, or somebody who is gone. */
  draftSavedBy: { id: string; name: string } | null
  /** Rises with every change of the draft; a save names the one it is based on. */
  draftRevision: number
  problems: Problem[]
  steps: StepState[]
  liveVersion: number | null
  publishedAt: string | null
  live: FlowDocument | null
  liveSteps: StepState[]
  /** What publishing would change; everything when nothing is live yet. */
  changes: Change[]
  sources: SourceView[]
  /** The draft's secrets by reference: their last 4 characters, and since when. */
  secrets: Record<string, { lastFour: string; updatedAt: string }>
  createdAt: string
}

export type SavedDraft = { document: FlowDocument; problems: Problem[]; revision: number }

/** A flow on its way to another account or installation: no secret is in it, only the name of each. */
export type FlowExport = { format: typeof exportFormat; name: string; document: Record<string, unknown> }
export const exportFormat = 'baton.flow/1'

/** A secret that an import needs, under the name the document calls it. `path` is where it is wanted. */
export type MissingSecret = { name: string; path: string; label: string }

/** What an import makes: of a new flow or the draft of one. `flowId` is missing while it was only tried. */
export type ImportedFlow = {
  kind: 'flow' | 'buyer'
  flowId?: string
  name: string
  document: FlowDocument
  problems: Problem[]
  missing: MissingSecret[]
  /** What was left out or put in beside what was imported, in words. */
  notes: string[]
}

/** Filters of the list of flows; a page forgives wrong ones. */
export const FlowFilters = z.object({
  q: z.string().trim().min(1).max(120).optional().catch(undefined),
  cursor: z.string().max(100).optional().catch(undefined),
  limit: z.coerce.number().int().min(1).max(200).optional().catch(undefined),
})
export type FlowFilters = z.infer<typeof FlowFilters>
export type FlowPage = { data: FlowSummary[]; nextCursor?: string }

/** One thing that somebody did to a flow. `who` is null for the system and for a person who is gone. */
export type HistoryEntry = {
  id: string
  at: string
  who: string | null
  via: 'session' | 'api-key' | 'system'
  /** As in the audit log: `flow.draft.save`, `flow.publish`. */
  action: string
  subjectId: string
  /** What a save changed; headers and queries of addresses are not in the log. */
  changes: Change[]
  version?: number
}
export type HistoryPage = { entries: HistoryEntry[]; nextCursor?: string }

/** A published version. `changes` are against the one before it. */
export type FlowVersionView = {
  version: number
  live: boolean
  publishedAt: string
  publishedBy: string | null
  changes: Change[]
}

/**
 * What is taken from one cap in the stretch of time that runs now. `limit` counts now, `draftLimit` once the draft is
 * published; null where there is none. Cents for money.
 */
export type CapUse = {
  of: 'flow' | 'source' | 'step' | 'partner' | 'connection' | 'destination'
  id: string
  name: string
  unit: 'leads' | 'cents'
  period: CapPeriod
  timeZone: string
  used: number
  limit: number | null
  draftLimit: number | null
  resetsAt: string
}

/** An invited buyer step of any flow of an account, with the connection it leads to once there is one. */
export type InviteStep = {
  flowId: string
  flowName: string
  stepId: string
  stepName: string
  /** `live` takes leads now; `draft` exists in the editor only. */
  in: 'live' | 'draft'
  active: boolean
  sharedFields: string[]
  /** Which of them the buyer may be told when it is pinged. */
  pingFields: string[]
  timeoutSeconds: number
  connectionId?: string
  invitationId?: string
}
