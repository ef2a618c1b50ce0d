import type { AnswerView, Call, Group, NamedShape, Parameter, Shape } from './_components/types'
import { curlOf } from './curl'
import { rowOf, type Schema, shapeOf } from './shapes'

type Media = { schema?: Schema; example?: unknown }
type Answer = { $ref?: string; description?: string; content?: Record<string, Media> }
type Operation = {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  security?: Record<string, unknown>[]
  parameters?: { name: string; in: Parameter['in']; required?: boolean; schema: Schema; description?: string }[]
  requestBody?: { required?: boolean; content: Record<string, Media> }
  responses: Record<string, Answer>
}

/** What the page reads of an OpenAPI document. */
export type Document = {
  servers: { url: string }[]
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; responses: Record<string, Answer> }
}

const anchorOf = (text: string): string => text.toLowerCase().replace(/\W+/g, '-')

function keyOf(security: Record<string, unknown>[] = []): Call['key'] {
  if (security.some((way) => 'source_key' in way)) return 'source'
  if (!security.some((way) => 'api_key' in way)) return 'none'
  return security.some((way) => Object.keys(way).length === 0) ? 'optional' : 'needed'
}

const jsonOf = (content: Record<string, Media> = {}): Media | undefined =>
  content['application/json'] ?? content['application/problem+json']

/** A shape that has a name is drawn here once more where it is a body: that is what people came for. */
function opened(document: Document, schema: Schema): Shape {
  const namedShape = (name: string | undefined) => {
    const named = name ? document.components.schemas[name] : undefined
    return named && shapeOf(named)
  }
  const shape = shapeOf(schema)
  const { fields, either } = namedShape(shape.name) ?? shape
  return {
    fields,
    either: either.map((choice) => ({ ...choice, fields: namedShape(choice.shape)?.fields ?? choice.fields })),
    ...(shape.name && { name: shape.name }),
    ...(shape.words && { words: shape.words }),
  }
}

function answerOf(document: Document, status: string, answer: Answer): AnswerView {
  const said = answer.$ref ? document.components.responses[answer.$ref.split('/').at(-1) ?? ''] : answer
  const media = jsonOf(said?.content)
  return {
    status,
    description: said?.description ?? '',
    ...(media?.schema && { shape: shapeOf(media.schema) }),
    ...(media?.example !== undefined && { example: media.example }),
  }
}

function callOf(document: Document, method: string, path: string, operation: Operation): Call {
  const { operationId, summary, description, parameters = [], requestBody, responses, security } = operation
  const media = jsonOf(requestBody?.content)
  const key = keyOf(security)
  const body = requestBody && {
    required: requestBody.required ?? false,
    types: Object.keys(requestBody.content),
    shape: opened(document, media?.schema ?? {}),
    ...(media?.example !== undefined && { example: media.example }),
  }
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    summary,
    ...(description && { description }),
    key,
    parameters: parameters.map((parameter) => ({
      ...rowOf(parameter.name, parameter.schema, parameter.required ?? false),
      ...(parameter.description && { description: parameter.description }),
      in: parameter.in,
    })),
    ...(body && { body }),
    answers: Object.entries(responses).map(([status, answer]) => answerOf(document, status, answer)),
    curl: curlOf({ base: document.servers[0]?.url ?? '', method, path, key, example: body?.example }),
  }
}

/** One example of a shape is enough for a page: later calls point to the first. */
function withoutRepeats(calls: Call[]): Call[] {
  const shown = new Map<string, Call>()
  return calls.map((call) => ({
    ...call,
    answers: call.answers.map((answer) => {
      const name = answer.shape?.name
      if (!name || Number(answer.status) >= 400) return answer
      const first = shown.get(name)
      if (!first) {
        shown.set(name, call)
        return answer
      }
      const { example: _, ...rest } = answer
      return { ...rest, shownAt: { id: first.id, summary: first.summary } }
    }),
  }))
}

/** The document as the page draws it: calls by resource, in the document's order of resources. */
export function groupsOf(document: Document): Group[] {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  )
  const groups = document.tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags[0] === name)
    return {
      name,
      description,
      calls: own.map(({ path, method, operation }) => callOf(document, method, path, operation)),
    }
  })
  const calls = new Map(withoutRepeats(groups.flatMap((group) => group.calls)).map((call) => [call.id, call]))
  return groups.map((group) => ({
    ...group,
    anchor: anchorOf(group.name),
    calls: group.calls.map((call) => calls.get(call.id) ?? call),
  }))
}

/** Every named shape, by name. */
export const shapesOf = (document: Document): NamedShape[] =>
  Object.entries(document.components.schemas)
    .map(([name, schema]) => ({ name, shape: shapeOf(schema) }))
    .sort((a, b) => a.name.localeCompare(b.name))
