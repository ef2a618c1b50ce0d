import { z } from '@hono/zod-openapi'
import { fieldTypes } from '../../engine/schema'
import { createField, deleteField, listFields, updateField } from '../../fields/index'
import { CreateFieldInput, type FieldView, UpdateFieldInput } from '../../fields/schema'
import { ok } from '../../result'
import { endpoint } from './endpoint'
import { page, reply, written } from './reply'
import { newApi } from './router'
import { listOf, named } from './shapes/common'

const tag = 'Fields'
const NameParam = z.object({ name: z.string().min(1).max(100).openapi({ example: 'loyalty_tier' }) })
const NewField = named('NewField', CreateFieldInput)
const FieldChanges = named('FieldChanges', UpdateFieldInput.omit({ name: true }))
const FieldFilters = z.strictObject({
  kind: z.enum(['all', 'standard', 'custom']).default('all').openapi({ description: 'Which fields.' }),
  q: z.string().max(100).optional().openapi({ description: 'Part of a name, label, group or alias.' }),
})
const FieldShape = named(
  'Field',
  z.strictObject({
    name: z.string(),
    type: z.enum(fieldTypes),
    label: z.string(),
    group: z.string(),
    example: z.union([z.string(), z.number(), z.boolean()]).optional(),
    aliases: z.array(z.string()).openapi({ description: 'Other names that sources may use for it.' }),
    custom: z.boolean(),
    description: z.string().optional(),
  }),
)

const field = {
  name: 'loyalty_tier',
  type: 'string' as const,
  label: 'Loyalty tier',
  group: 'Your fields',
  aliases: [],
  custom: true,
  description: 'Gold, silver or none',
}
const answersField = { status: 200, description: 'The field.', schema: FieldShape, example: field } as const

const listRoute = endpoint({
  method: 'get',
  path: '/fields',
  id: 'listFields',
  tag,
  summary: 'List fields',
  description: 'What a flow may list: the standard fields with their other names, and those of the account.',
  query: FieldFilters,
  answer: {
    status: 200,
    description: 'Your own fields first.',
    schema: listOf(FieldShape),
    example: { data: [field], next_cursor: null },
  },
})

const createRoute = endpoint({
  method: 'post',
  path: '/fields',
  id: 'createField',
  tag,
  summary: 'Add a field of your own',
  description: 'It is offered in every flow. A name that a standard field has or goes by is refused.',
  body: NewField,
  example: { name: field.name, type: field.type, label: field.label, description: field.description },
  answer: { ...answersField, status: 201 },
  refuses: [409],
})

const updateRoute = endpoint({
  method: 'patch',
  path: '/fields/{name}',
  id: 'updateField',
  tag,
  summary: 'Change a field of your own',
  description: 'Flows that use it keep the type they have.',
  params: NameParam,
  body: FieldChanges,
  example: { label: 'Loyalty' },
  answer: answersField,
})

const deleteRoute = endpoint({
  method: 'delete',
  path: '/fields/{name}',
  id: 'deleteField',
  tag,
  summary: 'Remove a field of your own',
  description: 'Flows that use it keep it, and leads keep their values.',
  params: NameParam,
  answer: { status: 204, description: 'It is offered no longer.' },
})

const answers = ({ name, label, group, aliases }: FieldView, q: string) =>
  [name, label, group, ...aliases].some((text) => text.toLowerCase().includes(q))

const writeField = ({ aliases, ...rest }: FieldView): z.infer<typeof FieldShape> => ({ ...rest, aliases: [...aliases] })

type Actor = Parameters<typeof listFields>[0]

async function fieldOf(actor: Actor, name: string) {
  const found = (await listFields(actor)).find((one) => one.name === name)
  if (!found) throw new Error(`the field ${name} went right after it was saved`)
  return ok(writeField(found))
}

export const fieldApi = newApi()

fieldApi.openapi(listRoute, async (c) => {
  const { kind, q = '' } = c.req.valid('query')
  const wanted = q.trim().toLowerCase()
  const found = (await listFields(c.var.actor)).filter(
    (one) => (kind === 'all' || one.custom === (kind === 'custom')) && answers(one, wanted),
  )
  return reply(c, ok(page(found.map(writeField))))
})

fieldApi.openapi(createRoute, async (c) => {
  const made = await createField(c.var.actor, c.req.valid('json'))
  return reply(c, made.ok ? await fieldOf(c.var.actor, made.value.name) : made, 201)
})

fieldApi.openapi(updateRoute, async (c) => {
  const changed = await updateField(c.var.actor, { ...c.req.valid('json'), name: c.req.valid('param').name })
  return reply(c, changed.ok ? await fieldOf(c.var.actor, changed.value.name) : changed)
})

fieldApi.openapi(deleteRoute, async (c) =>
  reply(
    c,
    written(await deleteField(c.var.actor, { name: c.req.valid('param').name }), (gone) => gone),
    204,
  ),
)
