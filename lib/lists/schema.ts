import { z } from 'zod'
import { type FieldType, maskedTypes } from '../engine/schema'

/** The most values one upload may hold, and the most a list may have at all. */
export const mostPerUpload = 100_000
export const mostValues = 2_000_000
/** Rules keep a list in memory, so one that they name may have no more than this. */
export const mostInRules = 100_000
const longestUpload = 6_000_000

/** Types whose values can be told apart in a list. */
export const listTypes = [
  'string',
  'email',
  'phone',
  'postal_code',
  'state',
  'city',
  'street',
  'country',
  'first_name',
  'last_name',
  'number',
  'date',
  'dob',
  'time',
  'ip',
  'url',
  'ssn',
  'credential',
] as const satisfies readonly FieldType[]

export const listHashes = ['none', 'md5', 'sha1', 'sha256'] as const
export type ListHash = (typeof listHashes)[number]

const ListName = z.string().trim().min(1, 'Give the list a name.').max(120)

export const CreateListInput = z
  .strictObject({
    name: ListName,
    type: z.enum(listTypes).default('string'),
    hash: z.enum(listHashes).default('none'),
  })
  .refine(({ type, hash }) => hash !== 'none' || !maskedTypes.has(type), {
    path: ['hash'],
    message: 'Such values are never kept in clear. Choose a hash; clear ones are hashed as they come in.',
  })
export type CreateListInput = z.input<typeof CreateListInput>

export const ListIdInput = z.strictObject({ id: z.string() })
export const RenameListInput = z.strictObject({ id: z.string(), name: ListName })

const Values = z
  .array(z.union([z.string().max(2000), z.number()]))
  .max(mostPerUpload, `At most ${mostPerUpload} values at once.`)

/** Values one by one, or a file's text: a value a line, or CSV of which `column` (a name or a number from 1) is read. */
export const AddValuesInput = z
  .strictObject({
    id: z.string(),
    values: Values.optional(),
    text: z.string().max(longestUpload, 'This file is too large; upload it in parts.').optional(),
    column: z.string().trim().max(200).optional(),
    /** Takes all others out. */
    replace: z.boolean().default(false),
  })
  .refine(({ values, text }) => (values === undefined) !== (text === undefined), {
    path: ['values'],
    message: 'Give values, or a text that holds them.',
  })
export type AddValuesInput = z.input<typeof AddValuesInput>

export const RemoveValuesInput = z.strictObject({ id: z.string(), values: Values })

export const FindValuesInput = z.strictObject({
  id: z.string(),
  q: z.string().max(200).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

/** Where a list is named. `live`: leads meet it now. */
export type ListUse = { flowId: string; flowName: string; live: boolean; sourceName?: string }

export type ListSummary = {
  id: string
  name: string
  type: (typeof listTypes)[number]
  hash: ListHash
  size: number
  updatedAt: string
}

/** Filters of the list of lists. */
export const ListFilters = z.object({
  cursor: z.string().max(200).optional().catch(undefined),
  limit: z.coerce.number().int().min(1).max(200).optional().catch(undefined),
})
export type ListFilters = z.infer<typeof ListFilters>
export type ListPage = { data: ListSummary[]; nextCursor?: string }
export type ListView = ListSummary & { createdAt: string; uses: ListUse[] }

/** A value that was not taken, with its line and why. */
export type RefusedValue = { line: number; value: string; reason: string }

/** What came of an upload. `refused` holds the first 100 of `refusedCount`. */
export type UploadReport = {
  added: number
  /** There already, or twice in the upload. */
  known: number
  refusedCount: number
  refused: RefusedValue[]
  size: number
}
