import { env } from '../../env'
import { refusalNames } from './endpoint'
import { intakeRoutes } from './intake-routes'
import { problemKinds } from './problem'
import type { Api } from './router'
import { documentSchemas, ProblemShape } from './shapes/common'

const info = {
  title: 'Baton API',
  version: '1',
  description:
    'Everything a person can do in the browser, with an API key. Times are ISO 8601 in UTC, ids UUIDv7, money decimal numbers with two places, lists `{data, next_cursor}`; the cursor of one page asks for the next. Errors are `application/problem+json` with the path of every problem.',
}

const tags = [
  { name: 'Submitting leads', description: 'How a source hands in leads, and what it is answered.' },
  { name: 'Feedback', description: 'How a buyer returns a lead or reports a conversion.' },
  { name: 'Account', description: 'Sign up, who a key is, keys, and the log of changes.' },
  { name: 'Flows', description: 'What happens to a lead: a document, its draft, its versions.' },
  { name: 'Fields', description: 'The standard fields of a lead, and those of your own.' },
  { name: 'Backtests', description: 'A flow tried on leads of before, without sending anything.' },
  { name: 'Sources', description: 'Where leads come in.' },
  { name: 'Invitations', description: 'Bring a buyer in by mail.' },
  { name: 'Connections', description: 'A seller and a buyer, and how leads pass between them.' },
  { name: 'Partners', description: 'Whom an account sells to and buys from: contact, limits, schedule.' },
  { name: 'Lists', description: 'Values that rules and suppression steps look leads up in.' },
  { name: 'Destinations', description: 'Where a buyer receives leads.' },
  { name: 'Secrets', description: 'Kept encrypted by name, for requests to hold as `{{secret.NAME}}`.' },
  { name: 'Answers', description: 'How a buyer’s answer is read, and a try of it.' },
  { name: 'Email', description: 'What a mail that carries a lead says.' },
  { name: 'Leads', description: 'What came in or was sent to you, and what became of it.' },
  { name: 'Queue', description: 'Leads that wait for their buyer: release, drop or send them elsewhere.' },
  { name: 'Events', description: 'Every step of every lead.' },
]

const words: Record<number, string> = {
  400: 'The body could not be read.',
  401: 'No API key, or one that is not known.',
  403: 'The key may not do this.',
  404: 'It is not there, or not yours.',
  409: 'Not possible in the present state.',
  422: 'Some of what was sent is not right: `errors` names every path.',
  429: 'Too many calls: wait `Retry-After` seconds.',
  503: 'Not available at the moment: try again after `Retry-After` seconds.',
}

/** Names that the calls point to, and the calls that another process serves. */
export function describeMore(api: Api): void {
  const registry = api.openAPIRegistry
  for (const name of ['BuiltRule', 'DistributionStep', 'Parser'])
    registry.registerComponent('schemas', name, documentSchemas[name] ?? {})
  registry.register('Problem', ProblemShape)
  for (const { status, type, title } of problemKinds) {
    const name = refusalNames[status]
    if (!name) continue
    const example = {
      type: `${env().baseUrl}/api/docs#problem-${type}`,
      title,
      status,
      detail: words[status] ?? title,
      errors: [],
    }
    registry.registerComponent('responses', name, {
      description: words[status] ?? title,
      ...(status === 429 || status === 503
        ? { headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } } }
        : {}),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example } },
    })
  }
  registry.registerComponent('securitySchemes', 'api_key', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key: `bat_…`',
  })
  registry.registerComponent('securitySchemes', 'source_key', {
    type: 'http',
    scheme: 'bearer',
    description: 'The key of a source that asks for one, or Basic with the key as password.',
  })
  for (const route of intakeRoutes) registry.registerPath(route)
}

/** The OpenAPI 3.1 document of everything that `api` and the intake answer. */
export const generateDocument = (api: Api) =>
  api.getOpenAPI31Document({ openapi: '3.1.0', info, tags, servers: [{ url: env().baseUrl }] })
