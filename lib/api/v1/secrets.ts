import { z } from '@hono/zod-openapi'
import { createNamedSecret, deleteNamedSecret, listNamedSecrets, replaceNamedSecret } from '../../secrets/index'
import { NamedSecretInput, type NamedSecretView } from '../../secrets/schema'
import { endpoint } from './endpoint'
import { page, reply, written } from './reply'
import { newApi } from './router'
import { listOf, named, TimeShape, UuidShape } from './shapes/common'
import { sample } from './shapes/examples'

const tag = 'Secrets'
const NameParam = z.object({ name: z.string().max(100) })

const SecretShape = named(
  'Secret',
  z.strictObject({
    name: z.string(),
    last_four: z.string(),
    used_in: z.array(z.strictObject({ kind: z.enum(['flow', 'destination']), id: UuidShape, name: z.string() })),
    created_at: TimeShape,
    updated_at: TimeShape,
  }),
)
const NewSecret = named('NewSecret', NamedSecretInput)
const SecretValue = named('SecretValue', NamedSecretInput.pick({ value: true }))

const writeSecret = ({
  name,
  lastFour,
  usedIn,
  createdAt,
  updatedAt,
}: NamedSecretView): z.infer<typeof SecretShape> => ({
  name,
  last_four: lastFour,
  used_in: usedIn,
  created_at: createdAt,
  updated_at: updatedAt,
})

const secret = {
  name: 'BUYER_API_TOKEN',
  last_four: 'k9Zd',
  used_in: [{ kind: 'flow', id: sample.flowId, name: 'Auto insurance' }],
  created_at: sample.at,
  updated_at: sample.at,
}

const listRoute = endpoint({
  method: 'get',
  path: '/secrets',
  id: 'listSecrets',
  tag,
  summary: 'List secrets',
  description: 'Those kept by name, for `{{secret.NAME}}`. Their values are never answered.',
  answer: {
    status: 200,
    description: 'The secrets, in the order of the alphabet.',
    schema: listOf(SecretShape),
    example: { data: [secret], next_cursor: null },
  },
})

const createRoute = endpoint({
  method: 'post',
  path: '/secrets',
  id: 'createSecret',
  tag,
  summary: 'Keep a secret',
  description:
    'Encrypted, under a name that headers, mappings, bodies, the query of an address and credentials can hold as `{{secret.NAME}}`.',
  body: NewSecret,
  example: { name: 'BUYER_API_TOKEN', value: 'the token' },
  answer: {
    status: 201,
    description: 'The secret, without its value.',
    schema: SecretShape,
    example: { ...secret, used_in: [] },
  },
  refuses: [409],
})

const replaceRoute = endpoint({
  method: 'put',
  path: '/secrets/{name}',
  id: 'replaceSecret',
  tag,
  summary: 'Replace a secret',
  description: 'Whatever names it uses the new value from the next lead on; other processes within five seconds.',
  params: NameParam,
  body: SecretValue,
  example: { value: 'the new token' },
  answer: { status: 200, description: 'The secret, without its value.', schema: SecretShape, example: secret },
})

const deleteRoute = endpoint({
  method: 'delete',
  path: '/secrets/{name}',
  id: 'deleteSecret',
  tag,
  summary: 'Delete a secret',
  description: 'Refused while a draft, a live flow or a destination names it.',
  params: NameParam,
  answer: { status: 204, description: 'Deleted.' },
  refuses: [409],
})

export const secretApi = newApi()

secretApi.openapi(listRoute, async (c) => c.json(page((await listNamedSecrets(c.var.actor)).map(writeSecret))))
secretApi.openapi(createRoute, async (c) =>
  reply(c, written(await createNamedSecret(c.var.actor, c.req.valid('json')), writeSecret), 201),
)
secretApi.openapi(replaceRoute, async (c) => {
  const input = { ...c.req.valid('json'), name: c.req.valid('param').name }
  return reply(c, written(await replaceNamedSecret(c.var.actor, input), writeSecret))
})
secretApi.openapi(deleteRoute, async (c) => reply(c, await deleteNamedSecret(c.var.actor, c.req.valid('param')), 204))
