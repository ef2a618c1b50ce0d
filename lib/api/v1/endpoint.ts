import { createRoute, type RouteConfig, type z } from '@hono/zod-openapi'

type Content<Schema> = { content: { 'application/json': { schema: Schema; example?: unknown } } }
type Answers = RouteConfig['responses']

/** What a call answers when it goes well. Without a schema it has no body. */
export type Answer = { status: 200 | 201 | 204; description: string; schema?: z.ZodType; example?: unknown }

type Given<Path extends string, Params, Query, Body> = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  path: Path
  /** Unique; names the call for generated clients and in links. */
  id: string
  tag: string
  summary: string
  description?: string
  /** `none`: no key. `maybe`: with or without. */
  key?: 'none' | 'maybe'
  params?: Params
  query?: Query
  body?: Body
  /** The body may be left out. */
  bodyOptional?: boolean
  example?: unknown
  answer: Answer
  /** Refusals beyond those that follow from the call's shape. */
  refuses?: number[]
}

type Asked<Params, Query, Body> = (Params extends z.ZodType ? { params: Params } : object) &
  (Query extends z.ZodType ? { query: Query } : object) &
  (Body extends z.ZodType ? { body: Content<Body> & { required: boolean } } : object)

export type Route<Path extends string, Request> = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  path: Path
  request: Request
  responses: Answers
}

/** Components of the document that every refusal points to, by status. */
export const refusalNames: Record<number, string> = {
  400: 'Unreadable',
  401: 'Unauthenticated',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  422: 'Invalid',
  429: 'RateLimited',
  503: 'Unavailable',
}

function refusalsOf(given: Given<string, unknown, unknown, unknown>): number[] {
  return [
    ...new Set([
      ...(given.body ? [400, 422] : []),
      ...(given.key === 'none' ? [] : [401]),
      ...(given.key ? [] : [403]),
      ...(given.params ? [404] : []),
      ...(given.query ? [422] : []),
      ...(given.refuses ?? []),
      429,
      503,
    ]),
  ].sort((a, b) => a - b)
}

function answersOf(given: Given<string, unknown, unknown, unknown>): Answers {
  const { status, description, schema, example } = given.answer
  const good = {
    description,
    ...(schema && { content: { 'application/json': { schema, ...(example !== undefined && { example }) } } }),
  }
  const refusals = refusalsOf(given).map(
    (code) => [code, { $ref: `#/components/responses/${refusalNames[code]}` }] as const,
  )
  return { [status]: good, ...Object.fromEntries(refusals) }
}

/** One call of the API, said once: the router validates by it, the document is generated from it. */
export function endpoint<
  Path extends string,
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(given: Given<Path, Params, Query, Body>): Route<Path, Asked<Params, Query, Body>> {
  const { method, path, id, tag, summary, description, key, params, query, body, bodyOptional, example } = given
  const content = { 'application/json': { schema: body as z.ZodType, ...(example !== undefined && { example }) } }
  const request = {
    ...(params && { params }),
    ...(query && { query }),
    ...(body && { body: { required: !bodyOptional, content } }),
  }
  const route: RouteConfig & { path: Path } = {
    method,
    path,
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: key === 'none' ? [] : key === 'maybe' ? [{ api_key: [] }, {}] : [{ api_key: [] }],
    request: request as unknown as NonNullable<RouteConfig['request']>,
    responses: answersOf(given),
  }
  return createRoute(route) as unknown as Route<Path, Asked<Params, Query, Body>>
}
