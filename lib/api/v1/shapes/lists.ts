import { z } from '@hono/zod-openapi'
import {
  AddValuesInput,
  CreateListInput,
  FindValuesInput,
  ListFilters,
  type ListSummary,
  type ListUse,
  type ListView,
  listHashes,
  listTypes,
  RemoveValuesInput,
  RenameListInput,
  type UploadReport,
} from '../../../lists/schema'
import { onWire } from '../wire'
import { named, strictFilters, TimeShape, UuidShape } from './common'

export const NewList = named('NewList', CreateListInput)
export const ListChanges = named('ListChanges', RenameListInput.omit({ id: true }))
const { values, text, column, replace } = AddValuesInput.shape
export const NewValues = named('NewListValues', z.strictObject({ values, text, column, replace }))
export const GoneValues = named('GoneListValues', RemoveValuesInput.omit({ id: true }))
export const ListQuery = strictFilters(ListFilters)
export const ValueFilters = FindValuesInput.omit({ id: true })

const summary = {
  id: UuidShape,
  name: z.string(),
  type: z.enum(listTypes),
  hash: z.enum(listHashes),
  size: z.number().int(),
  updated_at: TimeShape,
}
export const ListSummaryShape = named('ListSummary', z.strictObject(summary))
export const ListShape = named(
  'List',
  z.strictObject({
    ...summary,
    created_at: TimeShape,
    uses: z.array(
      z.strictObject({
        flow_id: UuidShape,
        flow_name: z.string(),
        live: z.boolean(),
        source_name: z.string().optional(),
      }),
    ),
  }),
)
export const UploadShape = named(
  'ListUpload',
  z.strictObject({
    added: z.number().int(),
    known: z.number().int(),
    refused_count: z.number().int(),
    refused: z.array(z.strictObject({ line: z.number().int(), value: z.string(), reason: z.string() })),
    size: z.number().int(),
  }),
)
export const RemovalShape = named('ListRemoval', z.strictObject({ removed: z.number().int(), size: z.number().int() }))

export const writeListSummary = (list: ListSummary) => onWire(list)
export const writeList = (list: ListView) => ({ ...onWire(list), uses: list.uses.map((use: ListUse) => onWire(use)) })
export const writeUpload = (report: UploadReport) => onWire(report)
