import { z } from '@hono/zod-openapi'
import { createSource, getFlow, rotateSourceKey, rotateWebhookSecret, updateSource } from '../../flows/index'
import { tryWebhook } from '../../notices/index'
import { endpoint } from './endpoint'
import { page, reply, written } from './reply'
import { newApi } from './router'
import { IdParam, listOf } from './shapes/common'
import { sample } from './shapes/examples'
import { NewSource, SourceChanges, SourceShape, TriedWebhookShape, writeSource } from './shapes/flows'
import { wirePath } from './wire'

const tag = 'Sources'
const SourceParam = IdParam.extend({ source_id: z.uuid() })

const address = `https://baton.example/flows/${sample.flowId}/sources/${sample.sourceId}`
const source = {
  id: sample.sourceId,
  flow_id: sample.flowId,
  name: 'Web form',
  kind: 'direct',
  enabled: true,
  authentication_required: true,
  key_last_four: 'x7Qa',
  mappings: [{ from: 'fname', to: 'first_name' }],
  cors_origins: [],
  rate_limit_per_minute: 0,
  submit_url: `${address}/submit`,
  ping_url: `${address}/ping`,
  docs_url: `${address}/docs`,
  created_at: sample.at,
}
const withNewKey = { ...source, key: 'src_…' }
const withWebhook = { ...source, webhook: { url: 'https://source.example/baton' } }

const createRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/sources',
  id: 'createSource',
  tag,
  summary: 'Add a source',
  description: 'An address to submit leads to, at once. With `authentication_required` it gets a key, shown this once.',
  params: IdParam,
  body: NewSource,
  example: { name: 'Web form', authentication_required: true, mappings: [{ from: 'fname', to: 'first_name' }] },
  answer: { status: 201, description: 'The source with its address.', schema: SourceShape, example: withNewKey },
  refuses: [409],
})

const listRoute = endpoint({
  method: 'get',
  path: '/flows/{id}/sources',
  id: 'listSources',
  tag,
  summary: 'List sources',
  params: IdParam,
  answer: {
    status: 200,
    description: 'The sources of the flow, oldest first.',
    schema: listOf(SourceShape),
    example: { data: [source], next_cursor: null },
  },
})

const updateRoute = endpoint({
  method: 'patch',
  path: '/flows/{id}/sources/{source_id}',
  id: 'updateSource',
  tag,
  summary: 'Change a source',
  description: 'At once. What is not named stays; null takes a setting away.',
  params: SourceParam,
  body: SourceChanges,
  example: { enabled: false },
  answer: { status: 200, description: 'The source.', schema: SourceShape, example: { ...source, enabled: false } },
  refuses: [409],
})

const rotateRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/sources/{source_id}/rotate-key',
  id: 'rotateSourceKey',
  tag,
  summary: 'Give a source a new key',
  description: 'Shown this once. The old one is refused from the next submission on.',
  params: SourceParam,
  answer: { status: 200, description: 'The source with its new key.', schema: SourceShape, example: withNewKey },
})

const webhookSecretRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/sources/{source_id}/rotate-webhook-secret',
  id: 'rotateWebhookSecret',
  tag,
  summary: 'Give a source’s webhook a new signing secret',
  description: 'Shown this once. Whatever is told from now on is signed with it.',
  params: SourceParam,
  answer: {
    status: 200,
    description: 'The source with its new signing secret.',
    schema: SourceShape,
    example: { ...withWebhook, webhook_secret: 'whsec_…' },
  },
  refuses: [409],
})

const tryWebhookRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/sources/{source_id}/test-webhook',
  id: 'testSourceWebhook',
  tag,
  summary: 'Try a source’s webhook',
  description: 'Tells it of a lead that does not exist, marked as a test, and answers how it went.',
  params: SourceParam,
  answer: {
    status: 200,
    description: 'What the webhook answered.',
    schema: TriedWebhookShape,
    example: { passed: true, status: 204, message: 'It answered 204.' },
  },
  refuses: [409],
})

/** Settings stand beside the name on the wire. */
const sourcePath = (path: string): string => wirePath(path.replace(/^settings\./, ''))

export const sourceApi = newApi()

sourceApi.openapi(createRoute, async (c) => {
  const { name, authentication_required, ...settings } = c.req.valid('json')
  const flowId = c.req.valid('param').id
  const made = await createSource(c.var.actor, {
    flowId,
    name,
    authenticationRequired: authentication_required,
    settings,
  })
  return reply(c, written(made, writeSource, sourcePath), 201)
})

sourceApi.openapi(listRoute, async (c) => {
  const flow = await getFlow(c.var.actor, c.req.valid('param').id)
  return reply(
    c,
    written(flow, ({ sources }) => page(sources.map(writeSource))),
  )
})

sourceApi.openapi(updateRoute, async (c) => {
  const { name, enabled, authentication_required, ...settings } = c.req.valid('json')
  const { id, source_id } = c.req.valid('param')
  const changed = await updateSource(c.var.actor, {
    flowId: id,
    sourceId: source_id,
    name,
    enabled,
    authenticationRequired: authentication_required,
    settings,
  })
  return reply(c, written(changed, writeSource, sourcePath))
})

sourceApi.openapi(rotateRoute, async (c) => {
  const { id, source_id } = c.req.valid('param')
  return reply(c, written(await rotateSourceKey(c.var.actor, { flowId: id, sourceId: source_id }), writeSource))
})

sourceApi.openapi(webhookSecretRoute, async (c) => {
  const { id, source_id } = c.req.valid('param')
  return reply(c, written(await rotateWebhookSecret(c.var.actor, { flowId: id, sourceId: source_id }), writeSource))
})

sourceApi.openapi(tryWebhookRoute, async (c) => {
  const { id, source_id } = c.req.valid('param')
  return reply(
    c,
    written(await tryWebhook(c.var.actor, { flowId: id, sourceId: source_id }), (tried) => tried),
  )
})
