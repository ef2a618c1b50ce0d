import { endpoint } from './endpoint'
import { IdParam, listOf } from './shapes/common'
import { sample, sampleDocument } from './shapes/examples'
import {
  CapUseShape,
  CopyBody,
  ExportShape,
  FlowChanges,
  FlowQuery,
  FlowShape,
  FlowSummaryShape,
  ImportBody,
  ImportedShape,
  NewFlow,
} from './shapes/flows'

const tag = 'Flows'

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
