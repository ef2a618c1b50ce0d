import { z } from '@hono/zod-openapi'
import { endpoint } from './endpoint'
import { FlowDocumentShape, IdParam, listOf } from './shapes/common'
import { sample, sampleDocument } from './shapes/examples'
import { ChangeShape, DraftShape, VersionShape } from './shapes/flows'

const tag = 'Flows'
const VersionParam = IdParam.extend({ version: z.coerce.number().int().min(1) })

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
