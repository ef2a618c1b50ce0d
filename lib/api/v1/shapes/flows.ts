import { z } from '@hono/zod-openapi'
import type { FlowDocument, Problem, SubmissionPreview } from '../../../engine/index'
import { capPeriods, fieldTypes, SourceSettings } from '../../../engine/schema'
import {
  type CapUse,
  type CreatedSource,
  CreateFlowInput,
  CreateSourceInput,
  DuplicateFlowInput,
  exportFormat,
  FlowFilters,
  type FlowSummary,
  type FlowVersionView,
  type FlowView,
  type ImportedFlow,
  ImportFlowInput,
  type SavedDraft,
  type SourceView,
  type StepState,
  setupStates,
  UpdateFlowInput,
  UpdateSourceInput,
} from '../../../flows/schema'
import { amountOf } from '../../../money'
import { onWire } from '../wire'
import { CircuitShape, writeCircuit } from './circuits'
import {
  AcceptanceShape,
  FlowDocumentShape,
  named,
  ProblemInDocument,
  strictFilters,
  TimeShape,
  UuidShape,
} from './common'

const Switch = z.boolean()
const Revision = z.number().int().openapi({ example: 12, description: 'Rises with every change of the draft.' })
export const FlowQuery = strictFilters(FlowFilters).extend({ cursor: z.uuid().optional() })
export const NewFlow = named('NewFlow', CreateFlowInput)
export const FlowChanges = named('FlowChanges', UpdateFlowInput.omit({ flowId: true }))

const settings = SourceSettings.shape
/** A source's settings stand beside its name on the wire; within they are one thing. */
export const NewSource = named(
  'NewSource',
  z.strictObject({
    name: CreateSourceInput.shape.name,
    authentication_required: Switch.default(false),
    ...settings,
    acceptance: AcceptanceShape.optional(),
  }),
)
export const SourceChanges = named(
  'SourceChanges',
  z.strictObject({
    name: UpdateSourceInput.shape.name,
    enabled: UpdateSourceInput.shape.enabled,
    authentication_required: UpdateSourceInput.shape.authenticationRequired,
    // Without the defaults of a new source: what is not named stays, null takes it away.
    partner_id: settings.partner_id.nullish(),
    acceptance: AcceptanceShape.nullish(),
    price: settings.price.nullish(),
    pings: settings.pings.nullish(),
    caps: settings.caps.nullish(),
    mappings: settings.mappings.unwrap().nullish(),
    response_fields: settings.response_fields.nullish(),
    cors_origins: settings.cors_origins.unwrap().nullish(),
    webhook: settings.webhook.nullish(),
    rate_limit_per_minute: settings.rate_limit_per_minute.unwrap().nullish(),
  }),
)

export const SourceShape = named(
  'Source',
  z.strictObject({
    id: UuidShape,
    flow_id: UuidShape,
    name: z.string(),
    kind: z.enum(['direct', 'account']),
    enabled: Switch,
    authentication_required: Switch,
    key_last_four: z.string().nullable(),
    acceptance: AcceptanceShape.optional(),
    partner_id: settings.partner_id,
    price: settings.price,
    pings: settings.pings,
    caps: settings.caps,
    mappings: settings.mappings.unwrap(),
    response_fields: settings.response_fields,
    cors_origins: settings.cors_origins.unwrap(),
    webhook: settings.webhook,
    rate_limit_per_minute: settings.rate_limit_per_minute.unwrap(),
    submit_url: z.string(),
    ping_url: z.string(),
    docs_url: z.string(),
    created_at: TimeShape,
    key: z.string().optional().openapi({ description: 'The source key, shown this once.' }),
    webhook_secret: z
      .string()
      .optional()
      .openapi({ description: 'What signs the calls of its webhook (Standard Webhooks), shown this once.' }),
  }),
)

export const TriedWebhookShape = named(
  'TriedWebhook',
  z.strictObject({ passed: z.boolean(), status: z.number().int().optional(), message: z.string() }),
)

export const ChangeShape = named(
  'Change',
  z.strictObject({
    kind: z.enum(['added', 'removed', 'changed']),
    path: z.string(),
    text: z.string(),
    before: z.unknown().optional(),
    after: z.unknown().optional(),
  }),
)

const StepShape = named(
  'StepState',
  z.strictObject({
    step_id: z.string(),
    name: z.string(),
    method: z.enum(['manual', 'invite', 'email']),
    active: Switch,
    recipient: z.string(),
    setup: z.enum(setupStates),
    setup_words: z.string(),
    blocked: z.string().optional(),
    shared_fields: z.array(z.string()).optional(),
    pinged: z
      .boolean()
      .optional()
      .openapi({ description: 'The invited buyer’s own destination asks it for bids; how is for its eyes only.' }),
    connection_id: UuidShape.optional(),
    partner: z.strictObject({ id: UuidShape, name: z.string(), status: z.enum(['active', 'paused']) }).optional(),
    invitation_id: UuidShape.optional(),
    invited_email: z.string().optional(),
    circuit: CircuitShape.optional(),
  }),
)

export const FlowSummaryShape = named(
  'FlowSummary',
  z.strictObject({
    id: UuidShape,
    name: z.string(),
    enabled: Switch,
    live_version: z.number().int().nullable(),
    published_at: TimeShape.nullable(),
    changed: z.boolean().openapi({ description: 'The draft differs from what is live.' }),
    sources: z.number().int(),
    buyer_steps: z.number().int(),
    created_at: TimeShape,
    draft_saved_at: TimeShape,
  }),
)

export const FlowShape = named(
  'Flow',
  z.strictObject({
    id: UuidShape,
    name: z.string(),
    enabled: Switch,
    time_zone: z.string(),
    draft: FlowDocumentShape,
    draft_saved_at: TimeShape,
    draft_saved_by: z.strictObject({ id: UuidShape, name: z.string() }).nullable(),
    draft_revision: Revision,
    problems: z.array(ProblemInDocument),
    steps: z.array(StepShape),
    live_version: z.number().int().nullable(),
    published_at: TimeShape.nullable(),
    live: FlowDocumentShape.nullable(),
    live_steps: z.array(StepShape),
    changes: z.array(ChangeShape).openapi({ description: 'What publishing would change.' }),
    sources: z.array(SourceShape),
    secrets: z.record(z.string(), z.strictObject({ last_four: z.string(), updated_at: TimeShape })),
    created_at: TimeShape,
  }),
)

export const SubmissionToPreview = named(
  'SubmissionToPreview',
  z.strictObject({
    submitted: z.record(z.string(), z.unknown()).openapi({ description: 'The fields, nested or by dotted name.' }),
    source_id: z.string().max(100).optional(),
  }),
)
export const SubmissionPreviewShape = named(
  'SubmissionPreview',
  z.strictObject({
    names: z.array(
      z.strictObject({
        sent: z.string(),
        field: z.string(),
        how: z.enum(['mapped', 'listed', 'standard', 'alias', 'unknown']),
        label: z.string(),
        type: z.enum(fieldTypes),
        value: z.string(),
        valid: z.boolean(),
      }),
    ),
    refused_for: z.array(z.string()),
  }),
)
export const writeSubmissionPreview = (preview: SubmissionPreview): z.infer<typeof SubmissionPreviewShape> =>
  onWire(preview)

export const DraftShape = named(
  'SavedDraft',
  z.strictObject({ document: FlowDocumentShape, problems: z.array(ProblemInDocument), revision: Revision }),
)

export const VersionShape = named(
  'FlowVersion',
  z.strictObject({
    version: z.number().int(),
    live: z.boolean(),
    published_at: TimeShape,
    published_by: z.string().nullable(),
    changes: z.array(ChangeShape),
  }),
)

export const writeProblem = (problem: Problem): z.infer<typeof ProblemInDocument> => onWire(problem)
const writeStep = ({ circuit, ...step }: StepState): z.infer<typeof StepShape> => ({
  ...onWire(step),
  ...(circuit && { circuit: writeCircuit(circuit) }),
})

export function writeSource({ settings: own, ...source }: SourceView | CreatedSource): z.infer<typeof SourceShape> {
  return { ...onWire(source as Omit<CreatedSource, 'settings'>), ...own }
}

export const writeFlowSummary = (flow: FlowSummary): z.infer<typeof FlowSummaryShape> => onWire(flow)

export function writeFlow(flow: FlowView): z.infer<typeof FlowShape> {
  const secrets = Object.entries(flow.secrets).map(([ref, secret]) => [ref, onWire(secret)] as const)
  return {
    ...onWire(flow),
    problems: flow.problems.map(writeProblem),
    steps: flow.steps.map(writeStep),
    live_steps: flow.liveSteps.map(writeStep),
    sources: flow.sources.map(writeSource),
    secrets: Object.fromEntries(secrets),
  }
}

export const writeDraft = ({
  document,
  problems,
  revision,
}: SavedDraft): { document: FlowDocument; problems: z.infer<typeof ProblemInDocument>[]; revision: number } => ({
  document,
  problems: problems.map(writeProblem),
  revision,
})

const AnyDocument = z.record(z.string(), z.unknown())
export const CopyBody = named('FlowCopy', DuplicateFlowInput.omit({ flowId: true }))
export const ExportShape = named(
  'FlowExport',
  z.strictObject({ format: z.literal(exportFormat), name: z.string(), document: AnyDocument }),
)
export const ImportBody = named(
  'FlowImport',
  z.strictObject({
    document: z.unknown().openapi({
      description: 'A flow document, an exported flow, or a buyer as `{endpoint, request, response}`.',
    }),
    name: ImportFlowInput.shape.name,
    flow_id: UuidShape.optional(),
    secrets: ImportFlowInput.shape.secrets,
    dry_run: z.boolean().default(false),
  }),
)
export const ImportedShape = named(
  'ImportedFlow',
  z.strictObject({
    kind: z.enum(['flow', 'buyer']),
    flow_id: UuidShape.optional(),
    name: z.string(),
    document: FlowDocumentShape,
    problems: z.array(ProblemInDocument),
    missing: z.array(z.strictObject({ name: z.string(), path: z.string(), label: z.string() })),
    notes: z.array(z.string()),
  }),
)

export const writeImported = (made: ImportedFlow): z.infer<typeof ImportedShape> => ({
  ...onWire(made),
  problems: made.problems.map(writeProblem),
})

export const writeVersion = (version: FlowVersionView): z.infer<typeof VersionShape> => onWire(version)

const Taken = z.number().openapi({ description: 'Leads, or an amount of money.' })
export const CapUseShape = named(
  'CapUse',
  z.strictObject({
    of: z.enum(['flow', 'source', 'step', 'partner', 'connection', 'destination']),
    id: z.string(),
    name: z.string(),
    unit: z.enum(['leads', 'money']),
    period: z.enum(capPeriods),
    time_zone: z.string(),
    used: Taken,
    limit: Taken.nullable(),
    draft_limit: Taken.nullable(),
    resets_at: TimeShape,
  }),
)

export function writeCapUse({ unit, used, limit, draftLimit, ...use }: CapUse): z.infer<typeof CapUseShape> {
  const taken = (count: number) => (unit === 'cents' ? amountOf(count) : count)
  return {
    ...onWire(use),
    unit: unit === 'cents' ? 'money' : unit,
    used: taken(used),
    limit: limit === null ? null : taken(limit),
    draft_limit: draftLimit === null ? null : taken(draftLimit),
  }
}
