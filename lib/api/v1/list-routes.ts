import { z } from '@hono/zod-openapi'
import { endpoint } from './endpoint'
import { IdParam, listOf } from './shapes/common'
import { sample } from './shapes/examples'
import {
  GoneValues,
  ListChanges,
  ListQuery,
  ListShape,
  ListSummaryShape,
  NewList,
  NewValues,
  RemovalShape,
  UploadShape,
  ValueFilters,
} from './shapes/lists'

const tag = 'Lists'
const summary = {
  id: '0197a3c2-5b7e-7c41-9d0f-6a1e2b3c4d5e',
  name: 'Service area',
  type: 'postal_code',
  hash: 'none',
  size: 2_140,
  updated_at: sample.at,
}
const list = {
  ...summary,
  created_at: sample.at,
  uses: [{ flow_id: sample.flowId, flow_name: 'Solar', live: true }],
}
const answersSummary = { status: 200, description: 'The list.', schema: ListSummaryShape, example: summary } as const

export const listListsRoute = endpoint({
  method: 'get',
  path: '/lists',
  id: 'listLists',
  tag,
  summary: 'List lists',
  description: 'By name, by keyset.',
  query: ListQuery,
  answer: {
    status: 200,
    description: 'The lists of the account.',
    schema: listOf(ListSummaryShape),
    example: { data: [summary], next_cursor: null },
  },
})

export const createListRoute = endpoint({
  method: 'post',
  path: '/lists',
  id: 'createList',
  tag,
  summary: 'Create a list',
  description:
    'Empty at first. `type` says how values are read and compared; with a `hash` only digests of them are kept. Neither changes later.',
  body: NewList,
  example: { name: 'Service area', type: 'postal_code' },
  answer: { ...answersSummary, status: 201 },
  refuses: [409],
})

export const getListRoute = endpoint({
  method: 'get',
  path: '/lists/{id}',
  id: 'getList',
  tag,
  summary: 'Get a list',
  params: IdParam,
  answer: { status: 200, description: 'The list, and where it is used.', schema: ListShape, example: list },
})

export const renameListRoute = endpoint({
  method: 'patch',
  path: '/lists/{id}',
  id: 'renameList',
  tag,
  summary: 'Rename a list',
  description: 'Refused while a live expression names it by its present name.',
  params: IdParam,
  body: ListChanges,
  example: { name: 'Service area 2026' },
  answer: answersSummary,
  refuses: [409],
})

export const deleteListRoute = endpoint({
  method: 'delete',
  path: '/lists/{id}',
  id: 'deleteList',
  tag,
  summary: 'Delete a list',
  description: 'Refused while a live flow or a source uses it.',
  params: IdParam,
  answer: { status: 204, description: 'Deleted.' },
  refuses: [409],
})

export const findValuesRoute = endpoint({
  method: 'get',
  path: '/lists/{id}/values',
  id: 'findListValues',
  tag,
  summary: 'Find values of a list',
  description: 'In order. `q` finds those that begin with it; in a list of hashes, the digest of a whole value.',
  params: IdParam,
  query: ValueFilters,
  answer: {
    status: 200,
    description: 'A page of values.',
    schema: listOf(z.string()),
    example: { data: ['78704', '78705'], next_cursor: null },
  },
})

export const addValuesRoute = endpoint({
  method: 'post',
  path: '/lists/{id}/values',
  id: 'addListValues',
  tag,
  summary: 'Add values to a list',
  description:
    'Give `values`, or `text`: a value a line, or CSV, of which `column` is read. At most 100,000 at once, in up to 8 MiB. What can’t be read is left out and reported with its line. `replace` takes all others out.',
  params: IdParam,
  body: NewValues,
  example: { values: ['78704', '78705', 'Austin'] },
  answer: {
    status: 200,
    description: 'What was taken, and what was not.',
    schema: UploadShape,
    example: {
      added: 2,
      known: 0,
      refused_count: 1,
      refused: [{ line: 3, value: 'Austin', reason: 'It is no postal code.' }],
      size: 2,
    },
  },
})

export const removeValuesRoute = endpoint({
  method: 'post',
  path: '/lists/{id}/values/remove',
  id: 'removeListValues',
  tag,
  summary: 'Remove values from a list',
  description: 'However they are written. Values that are not in the list are passed over.',
  params: IdParam,
  body: GoneValues,
  example: { values: ['78704'] },
  answer: { status: 200, description: 'How many went.', schema: RemovalShape, example: { removed: 1, size: 1 } },
})
