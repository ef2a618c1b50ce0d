import { z } from '@hono/zod-openapi'
import { endpoint } from './endpoint'
import { CircuitBody, CircuitShape, circuit } from './shapes/circuits'
import { FlowDocumentShape, IdParam, listOf, RuleTrialBody } from './shapes/common'
import { sample, sampleDocument } from './shapes/examples'
import {
  CapUseShape,
  ChangeShape,
  CopyBody,
  DraftShape,
  ExportShape,
  FlowChanges,
  FlowQuery,
  FlowShape,
  FlowSummaryShape,
  ImportBody,
  ImportedShape,
  NewFlow,
  SubmissionPreviewShape,
  SubmissionToPreview,
  VersionShape,
} from './shapes/flows'
import { TestResultShape, TestRunBody } from './shapes/log'
import { RuleTrialShape } from './shapes/rules'

const tag = 'Flows'
const StepParam = IdParam.extend({ step_id: z.string().min(1).max(64) })
const VersionParam = IdParam.extend({ version: z.coerce.number().int().min(1) })

const name = 'Insurance Leads – California'
const flow = {
  id: sample.flowId,
  name,
  enabled: true,
  time_zone: 'America/Los_Angeles',
  draft: sampleDocument,
  draft_saved_at: sample.at,
  draft_saved_by: null,
  draft_revision: 1,
  problems: [],
  steps: [
    {
      step_id: 'premium',
      name: 'Premium Insurance Buyer',
      method: 'manual',
      active: true,
      recipient: 'Premium Insurance Buyer',
      setup: 'ready',
      setup_words: 'Ready',
    },
  ],
  live_version: null,
  published_at: null,
  live: null,
  live_steps: [],
  changes: [],
  sources: [],
  secrets: {},
  created_at: sample.at,
}
const answersFlow = { status: 200, description: 'The flow with its draft.', schema: FlowShape, example: flow } as const

export const createFlowRoute = endpoint({
  method: 'post',
  path: '/flows',
  id: 'createFlow',
  tag,
  summary: 'Create a flow',
  description: 'With the usual fields and no step. Nothing takes leads until it is published.',
  body: NewFlow,
  example: { name },
  answer: { ...answersFlow, status: 201 },
})

export const listFlowsRoute = endpoint({
  method: 'get',
  path: '/flows',
  id: 'listFlows',
  tag,
  summary: 'List flows',
  description: 'By keyset; `q` is a part of the name.',
  query: FlowQuery,
  answer: {
    status: 200,
    description: 'The flows of the account, newest first.',
    schema: listOf(FlowSummaryShape),
    example: {
      data: [
        {
          id: sample.flowId,
          name,
          enabled: true,
          live_version: 7,
          published_at: sample.at,
          changed: false,
          sources: 2,
          buyer_steps: 3,
          created_at: sample.at,
          draft_saved_at: sample.at,
        },
      ],
      next_cursor: null,
    },
  },
})

export const getFlowRoute = endpoint({
  method: 'get',
  path: '/flows/{id}',
  id: 'getFlow',
  tag,
  summary: 'Get a flow',
  description:
    'The draft with its problems, how each buyer step stands, the sources, and what publishing would change.',
  params: IdParam,
  answer: answersFlow,
})

export const listCapUseRoute = endpoint({
  method: 'get',
  path: '/flows/{id}/caps',
  id: 'listCapUse',
  tag,
  summary: 'List the use of caps',
  description:
    'What is taken from each cap of the flow, its sources and its buyer steps in the minute, hour, day, week or month that runs now, in the cap’s time zone. `limit` is what counts now, `draft_limit` what will once the draft is published; another time zone or period is another counter. Money is in the currency of the account.',
  params: IdParam,
  answer: {
    status: 200,
    description: 'One line for each cap.',
    schema: listOf(CapUseShape),
    example: {
      data: [
        {
          of: 'step',
          id: 'premium',
          name: 'Premium Insurance Buyer',
          unit: 'leads',
          period: 'day',
          time_zone: 'America/Los_Angeles',
          used: 312,
          limit: 1000,
          draft_limit: 300,
          resets_at: sample.at,
        },
      ],
      next_cursor: null,
    },
  },
})

export const updateFlowRoute = endpoint({
  method: 'patch',
  path: '/flows/{id}',
  id: 'updateFlow',
  tag,
  summary: 'Rename, enable or disable a flow',
  description: 'At once. A disabled flow takes no leads.',
  params: IdParam,
  body: FlowChanges,
  example: { enabled: false },
  answer: answersFlow,
})

export const saveDraftRoute = endpoint({
  method: 'put',
  path: '/flows/{id}/draft',
  id: 'saveDraft',
  tag,
  summary: 'Save the draft',
  description:
    'The whole flow document. A wrong shape is refused with every path; problems of meaning are saved with it and come back beside it. Secrets are sealed and read as references. With `revision`, the `draft_revision` that was read, a draft that somebody changed since is refused (409); without, the last save wins.',
  params: IdParam,
  query: z.strictObject({ revision: z.coerce.number().int().optional() }),
  body: FlowDocumentShape,
  example: sampleDocument,
  answer: {
    status: 200,
    description: 'The draft as it was saved, and what would be wrong with it.',
    schema: DraftShape,
    example: { document: sampleDocument, problems: [], revision: 13 },
  },
  refuses: [409],
})

export const publishRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/publish',
  id: 'publishFlow',
  tag,
  summary: 'Publish the draft',
  description:
    'The next lead meets it. A step whose invited buyer is not ready waits; it does not keep the flow from going live.',
  params: IdParam,
  answer: {
    status: 200,
    description: 'The version that is live now.',
    schema: z.strictObject({ version: z.number().int() }),
    example: { version: 7 },
  },
  refuses: [409],
})

export const listVersionsRoute = endpoint({
  method: 'get',
  path: '/flows/{id}/versions',
  id: 'listVersions',
  tag,
  summary: 'List versions',
  description: 'Newest first, each with what it changed.',
  params: IdParam,
  answer: {
    status: 200,
    description: 'The published versions.',
    schema: listOf(VersionShape),
    example: {
      data: [
        {
          version: 7,
          live: true,
          published_at: sample.at,
          published_by: 'Paula Diaz',
          changes: [
            {
              kind: 'changed',
              path: 'steps.1',
              text: 'Step Premium Insurance Buyer changed: activity or price',
              before: { active: true, price: 40 },
              after: { active: true, price: 45 },
            },
          ],
        },
      ],
      next_cursor: null,
    },
  },
})

const exported = { format: 'baton.flow/1', name, document: sampleDocument }

export const duplicateFlowRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/duplicate',
  id: 'duplicateFlow',
  tag,
  summary: 'Duplicate a flow',
  description:
    'Another flow with the same draft. Connections and sealed credentials are kept; sources, versions and pending invitations are not.',
  params: IdParam,
  body: CopyBody,
  bodyOptional: true,
  example: { name: `${name} (copy)` },
  answer: { ...answersFlow, status: 201 },
})

export const exportFlowRoute = endpoint({
  method: 'get',
  path: '/flows/{id}/export',
  id: 'exportFlow',
  tag,
  summary: 'Export a flow',
  description:
    'The draft without its secrets: each is named, like `{{secret.PREMIUM_TOKEN}}`, for an import to ask for.',
  params: IdParam,
  answer: { status: 200, description: 'The flow as JSON.', schema: ExportShape, example: exported },
})

export const importFlowRoute = endpoint({
  method: 'post',
  path: '/flows/import',
  id: 'importFlow',
  tag,
  summary: 'Import a flow, or a buyer',
  description:
    'Makes a new flow, or goes into the draft of `flow_id`: a flow replaces it, a buyer (`endpoint`, `request`, `response`) is added. Secrets that the document names (`{{secret.NAME}}`, `process.env.NAME`) are given in `secrets`; a dry run lists them and makes nothing. Unknown keys are refused with their path.',
  body: ImportBody,
  example: {
    document: { endpoint: { url: 'https://api.buyer.com/leads' }, request: { mappings: { email: '{{lead.email}}' } } },
    dry_run: true,
  },
  answer: {
    status: 200,
    description: 'What was imported, or would be.',
    schema: ImportedShape,
    example: { kind: 'buyer', name: 'api.buyer.com', document: sampleDocument, problems: [], missing: [], notes: [] },
  },
  refuses: [404],
})

const VersionQuery = z.string().regex(/^(draft|[1-9]\d{0,8})$/, 'Give the number of a version, or “draft”.')

export const compareVersionsRoute = endpoint({
  method: 'get',
  path: '/flows/{id}/compare',
  id: 'compareVersions',
  tag,
  summary: 'Compare two versions',
  description: 'What lies between any two, one of which may be the draft.',
  params: IdParam,
  query: z.strictObject({ from: VersionQuery, to: VersionQuery }),
  answer: {
    status: 200,
    description: 'The changes.',
    schema: z.strictObject({ changes: z.array(ChangeShape) }),
    example: { changes: [] },
  },
})

export const restoreRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/versions/{version}/restore',
  id: 'restoreVersion',
  tag,
  summary: 'Put a version into the draft',
  description: 'What takes leads does not change until the draft is published.',
  params: VersionParam,
  answer: {
    status: 200,
    description: 'The draft.',
    schema: z.strictObject({ document: FlowDocumentShape }),
    example: { document: sampleDocument },
  },
})

const switched = (active: boolean) => ({
  status: 200 as const,
  description: 'How the switch stands.',
  schema: z.strictObject({ step_id: z.string(), active: z.boolean() }),
  example: { step_id: 'premium', active },
})

export const enableStepRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/steps/{step_id}/enable',
  id: 'enableStep',
  tag,
  summary: 'Enable a buyer step',
  description: 'At once, without a new version. Refused while the invited buyer is not ready, with the reason.',
  params: StepParam,
  answer: switched(true),
  refuses: [409],
})

export const disableStepRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/steps/{step_id}/disable',
  id: 'disableStep',
  tag,
  summary: 'Disable a buyer step',
  description: 'At once, without a new version.',
  params: StepParam,
  answer: switched(false),
})

export const stepCircuitRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/steps/{step_id}/circuit',
  id: 'holdStepCircuit',
  tag,
  summary: 'Hold or reset the circuit of a step',
  description:
    'Of a step that is configured by hand, at once: `hold_open` lets no lead pass, `hold_closed` lets every lead pass whatever fails, `reset` forgets the failures. That of a connected buyer is the buyer’s own.',
  params: StepParam,
  body: CircuitBody,
  example: { action: 'hold_open' },
  answer: { status: 200, description: 'How the circuit stands.', schema: CircuitShape, example: circuit },
  refuses: [409],
})

export const tryRuleRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/rules/test',
  id: 'tryRule',
  tag,
  summary: 'Try a rule',
  description:
    'On a lead of the account, or on the sample lead; `values` stand over the lead’s. Answers every comparison with the values it saw. Nothing is saved or sent.',
  params: IdParam,
  body: RuleTrialBody,
  example: { rule: "lead.state in ['CA', 'TX'] && lead.email.valid", values: { state: 'NY' } },
  answer: {
    status: 200,
    description: 'Whether the lead meets it, and why.',
    schema: RuleTrialShape,
    example: {
      passed: false,
      report: {
        join: 'and',
        passed: false,
        parts: [
          { text: 'State is one of CA, TX', passed: false, left: 'NY', right: ['CA', 'TX'] },
          { text: 'Email is valid', passed: true, left: true },
        ],
      },
      reason: 'State must be one of CA, TX',
      problems: [],
      fields: [
        { name: 'state', label: 'State', value: 'NY', masked: false },
        { name: 'email', label: 'Email', value: 'test@example.com', masked: false },
      ],
    },
  },
})

export const previewSubmissionRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/preview-submission',
  id: 'previewSubmission',
  tag,
  summary: 'See what a submission becomes',
  description:
    'Where each name of it goes, the value as its type reads it, and what would refuse the lead. By the draft, and by the names of a source. Nothing is kept.',
  params: IdParam,
  body: SubmissionToPreview,
  example: { submitted: { fname: 'Ana', phone: '512-789-1111' }, source_id: sample.sourceId },
  answer: {
    status: 200,
    description: 'Each name in the order it came.',
    schema: SubmissionPreviewShape,
    example: {
      names: [
        {
          sent: 'phone',
          field: 'phone_1',
          how: 'alias',
          label: 'Phone 1',
          type: 'phone',
          value: '(512) 789-1111',
          valid: true,
        },
      ],
      refused_for: ['Email is required'],
    },
  },
})

export const testFlowRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/test',
  id: 'testFlow',
  tag,
  summary: 'Run the draft on a test lead',
  description:
    'The real path, marked as a test: it reaches the buyers and counts nowhere. A dry run sends nothing and takes every buyer for accepting. What an invited buyer set up is not shown.',
  params: IdParam,
  body: TestRunBody,
  bodyOptional: true,
  example: { lead: { email: 'test@example.com', state: 'CA', dob: '1990-04-01' }, dry_run: false },
  answer: {
    status: 200,
    description: 'Outcome, and what each step did.',
    schema: TestResultShape,
    example: {
      lead_id: sample.leadId,
      outcome: 'success',
      price: 20,
      revenue: 45,
      trace: [{ kind: 'acceptance', passed: true, text: 'Accepted: state is CA or TX, and email is valid' }],
      steps: [
        {
          id: 'adults',
          name: 'Adults only',
          type: 'filter',
          outcome: 'continue',
          duration_ms: 0,
          trace: [{ kind: 'filter', passed: true, text: 'Continues: age is not less than 18' }],
        },
      ],
      problems: [],
    },
  },
})
