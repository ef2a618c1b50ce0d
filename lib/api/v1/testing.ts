import type { RouteConfig } from '@hono/zod-openapi'
import { expect } from 'vitest'
import { apiApp } from './app'

export type Json = Record<string, unknown>
export type Said = { status: number; headers: Headers; body: Json }
export type Client = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Said>

const routes = () =>
  apiApp.openAPIRegistry.definitions.flatMap((definition) => (definition.type === 'route' ? [definition.route] : []))

const matches = (route: RouteConfig, method: string, path: string): boolean => {
  const pattern = new RegExp(`^${route.path.replace(/\{[^}]+\}/g, '[^/]+')}$`)
  return route.method === method.toLowerCase() && pattern.test(path)
}

/** The most literal of the routes that match, as the router finds it. */
function routeOf(method: string, path: string): RouteConfig | undefined {
  const found = routes().filter((route) => matches(route, method, path))
  return found.sort((a, b) => (a.path.match(/\{/g)?.length ?? 0) - (b.path.match(/\{/g)?.length ?? 0))[0]
}

type Schema = { safeParse: (value: unknown) => { success: boolean; error?: { message: string } } }
type Documented = { $ref?: string; content?: Record<string, { schema: Schema }> }

/** Every answer has to be one that the document says: its status is named, its body has the shape. */
function expectDocumented(method: string, path: string, { status, body, headers }: Said): void {
  const route = routeOf(method, path.split('?')[0] ?? '')
  if (!route || status === 413 || status === 415) return
  const documented = route.responses[status] as Documented | undefined
  expect(
    documented,
    `${method} ${path} answers ${status}, which the document does not name: ${JSON.stringify(body)}`,
  ).toBeDefined()
  if (status >= 400) {
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(Object.keys(body).sort()).toEqual(['detail', 'errors', 'status', 'title', 'type'])
    return
  }
  const parsed = documented?.content?.['application/json']?.schema.safeParse(body)
  expect(parsed?.success ?? true, `${method} ${path}: ${parsed?.error?.message} in ${JSON.stringify(body)}`).toBe(true)
}

/** Calls the API with a key, or without, and checks each answer against the document. */
export const client =
  (key?: string): Client =>
  async (method, path, body, headers = {}) => {
    const answer = await apiApp.request(`/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key && { authorization: `Bearer ${key}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    const said = { status: answer.status, headers: answer.headers, body: (text ? JSON.parse(text) : {}) as Json }
    expectDocumented(method, `/api/v1${path}`, said)
    return said
  }

let people = 0

/** Someone who signed up through the API. */
export async function aCompany(company = 'Meridian Leads') {
  const email = `owner-${++people}-${company.toLowerCase().replace(/\W+/g, '-')}@example.com`
  const said = await client()('POST', '/signup', { company, name: 'Paula Diaz', email, password: 'a-long-password' })
  expect(said.status).toBe(201)
  const { api_key, account, user } = said.body as { api_key: string; account: { id: string }; user: { id: string } }
  return { call: client(api_key), key: api_key, email, account, user }
}
