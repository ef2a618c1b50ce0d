import { describe, expect, test } from 'vitest'
import { apiApp, apiDocument } from '../index'

type Json = Record<string, unknown>
const document = apiDocument() as unknown as Json & { paths: Record<string, Record<string, Json>> }
const methods = ['get', 'post', 'put', 'patch', 'delete']
const calls = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).flatMap(([method, call]) => (methods.includes(method) ? [{ path, method, call }] : [])),
)

function resolve(ref: string): unknown {
  const names = ref.replace(/^#\//, '').split('/')
  return names.reduce<unknown>(
    (at, name) => (at as Json | undefined)?.[name.replaceAll('~1', '/').replaceAll('~0', '~')],
    document,
  )
}

function* everything(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Json
  for (const child of Object.values(value)) yield* everything(child)
}

describe('the OpenAPI document', () => {
  test('is served at /api/openapi.json, and is 3.1', async () => {
    const answer = await apiApp.request('/api/openapi.json')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'Baton API' } })
  })

  test('every reference leads somewhere', () => {
    const refs = [...everything(document)].flatMap((node) => (typeof node['$ref'] === 'string' ? [node['$ref']] : []))
    expect(refs.length).toBeGreaterThan(100)
    for (const ref of refs) expect(resolve(ref), ref).toBeDefined()
  })

  test('every call has a name of its own, a summary, a tag that is described, and answers', () => {
    const names = calls.map(({ call }) => call['operationId'])
    expect(new Set(names).size).toBe(calls.length)
    const tags = (document['tags'] as { name: string }[]).map(({ name }) => name)
    for (const { call, path } of calls) {
      expect(call['summary'], path).toBeTruthy()
      expect(tags).toContain((call['tags'] as string[])[0])
      expect(Object.keys(call['responses'] as Json).length, path).toBeGreaterThan(1)
    }
  })

  test('every part of a path is a parameter that is required, and no other', () => {
    for (const { path, call } of calls) {
      const parts = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1])
      const parameters = ((call['parameters'] ?? []) as { in: string; name: string; required?: boolean }[]).filter(
        (parameter) => parameter.in === 'path',
      )
      expect(parameters.map(({ name }) => name)).toEqual(parts)
      for (const parameter of parameters) expect(parameter.required).toBe(true)
    }
  })

  test('every body and every good answer has an example', () => {
    type Content = { content?: Record<string, { example?: unknown }> }
    for (const { path, method, call } of calls) {
      const answers = Object.entries(call['responses'] as Record<string, Content>).filter(
        ([status]) => Number(status) < 300,
      )
      const body = call['requestBody'] as Content | undefined
      const said = [...answers.map(([, answer]) => answer), ...(body ? [body] : [])].filter(({ content }) => content)
      for (const { content } of said) {
        expect(content?.['application/json']?.example, `${method} ${path}`).toBeDefined()
      }
    }
  })

  test('the examples are what the schemas say', () => {
    type Schema = { safeParse: (value: unknown) => { success: boolean; error?: { message: string } } }
    type Content = { 'application/json'?: { schema?: Schema; example?: unknown } }
    const definitions = apiApp.openAPIRegistry.definitions
    const routes = definitions.flatMap((definition) => (definition.type === 'route' ? [definition.route] : []))
    for (const { path, method, request, responses } of routes) {
      const answers = Object.values(responses) as { content?: Content }[]
      for (const content of [
        request?.body?.content as Content | undefined,
        ...answers.map((answer) => answer.content),
      ]) {
        const { schema, example } = content?.['application/json'] ?? {}
        if (!schema?.safeParse || example === undefined) continue
        const parsed = schema.safeParse(example)
        expect(parsed.success, `${method} ${path}: ${parsed.error?.message}`).toBe(true)
      }
    }
  })

  test('says the calls that the contract names, submitting and feedback among them', () => {
    const named = calls.map(({ method, path }) => `${method.toUpperCase()} ${path.replace(/^\/api\/v1/, '')}`)
    const wanted = `POST /signup|GET /me|POST /flows|GET /flows|GET /flows/{id}|PATCH /flows/{id}|PUT /flows/{id}/draft
      |POST /flows/{id}/publish|GET /flows/{id}/versions|POST /flows/{id}/versions/{version}/restore|POST /flows/{id}/sources
      |GET /flows/{id}/sources|PATCH /flows/{id}/sources/{source_id}|POST /flows/{id}/sources/{source_id}/rotate-key
      |POST /flows/{id}/steps/{step_id}/enable|POST /flows/{id}/steps/{step_id}/disable|POST /flows/{id}/test
      |POST /invitations|GET /invitations|POST /invitations/{id}/resend|POST /invitations/{id}/revoke
      |GET /invitations/by-token/{token}|POST /invitations/by-token/{token}/accept|POST /invitations/by-token/{token}/decline
      |GET /connections|GET /connections/{id}|POST /connections/{id}/pause|POST /connections/{id}/resume
      |POST /connections/{id}/revoke|POST /connections/{id}/test|PUT /connections/{id}/delivery|GET /integrations
      |POST /destinations|GET /destinations|GET /destinations/{id}|PATCH /destinations/{id}|DELETE /destinations/{id}
      |POST /destinations/{id}/test|POST /destinations/{id}/acknowledge|POST /destinations/{id}/go-live
      |POST /destinations/{id}/disable|GET /leads|GET /leads/{id}|GET /events|GET /events/{id}|GET /api-keys
      |POST /api-keys|DELETE /api-keys/{id}|GET /audit|POST /flows/{flow_id}/sources/{source_id}/submit|POST /flows/{flow_id}/sources/{source_id}/ping|POST /feedback`
    for (const call of wanted.split('|')) expect(named).toContain(call.trim())
  })
})
