import { type RouteConfig, z } from '@hono/zod-openapi'
import { named } from './shapes/common'
import { sample } from './shapes/examples'

const tags = ['Submitting leads']
const paths = z.object({ flow_id: z.uuid(), source_id: z.uuid() })

const Submission = named('Submission', z.record(z.string(), z.unknown()))
const submitted = { email: 'ana@example.com', phone_1: '(512) 789-1111', state: 'CA', dob: '1990-04-01' }

const SubmissionResult = named(
  'SubmissionResult',
  z.object({
    outcome: z.enum(['success', 'failure', 'error']),
    reason: z.string().optional(),
    lead: z.object({ id: z.uuid(), status: z.literal('pending').optional() }),
    price: z.number(),
  }),
)
const PingResult = named(
  'PingResult',
  z.object({
    outcome: z.enum(['success', 'failure']),
    reason: z.string().optional(),
    bid: z.object({ id: z.uuid(), expires_at: z.iso.datetime() }).optional(),
    price: z.number(),
  }),
)
const Feedback = named(
  'Feedback',
  z.looseObject({ type: z.enum(['return', 'conversion']), reason: z.string().max(500).optional() }),
)
const FeedbackResult = named(
  'FeedbackResult',
  z.object({ outcome: z.enum(['success', 'failure', 'error']), reason: z.string().optional() }),
)
const Message = named('Message', z.object({ message: z.string() }))

const sold = { outcome: 'success', lead: { id: sample.leadId }, price: 20 }
const answer = (description: string, schema: z.ZodType, example: unknown) => ({
  description,
  content: {
    'application/json': { schema, example },
    'application/xml': { schema },
    'text/plain': { schema: z.string() },
  },
})
const message = (description: string, text: string) => ({
  description,
  content: { 'application/json': { schema: Message, example: { message: text } } },
})
const text = (description: string) => ({ description, content: { 'text/plain': { schema: z.string() } } })

const submitRefusals = {
  400: text('The body does not parse, or `redir_url` is no address.'),
  401: message('The source asks for its key.', 'Unauthorized'),
  403: message('The source or the flow is disabled.', 'Source is disabled'),
  404: message('There is no such flow or source.', 'Not found'),
  406: text('`Accept` cannot be met.'),
  409: message('The same `Idempotency-Key` came with another body.', 'This Idempotency-Key was used with another body'),
  413: text('The body is over 1 MiB.'),
  415: text('The body has no Content-Type, or one that is not supported.'),
  429: message('More than the source may send in a minute: wait `Retry-After` seconds.', 'Too many submissions'),
  503: text('Nothing was taken: send it again after `Retry-After` seconds.'),
}

const body = (schema: z.ZodType, example: unknown) => ({
  required: true,
  content: {
    'application/json': { schema, example },
    'application/x-www-form-urlencoded': { schema },
    'multipart/form-data': { schema },
    'application/xml': { schema },
    'text/xml': { schema },
  },
})

const query = z.object({
  is_test: z.enum(['true', 'false']).optional(),
  bid_id: z.uuid().optional().openapi({ description: 'The bid of an earlier ping.' }),
  redir_url: z.url().optional().openapi({ description: 'Where a browser goes after processing (303).' }),
})

const pingDescription =
  'Asks what the lead would be paid, with as many of its fields as are to be told before it is sold. Nothing is sold. A success has a bid: submit the lead with its id as `bid_id` before it expires, and its price is what the source is paid for a sale.'
const bidMade = { outcome: 'success', bid: { id: sample.leadId, expires_at: sample.at }, price: 20 }
const { 409: _, ...pingRefusals } = submitRefusals
const pingAnswers = { 200: answer('A bid, or why there is none.', PingResult, bidMade), ...pingRefusals }

const submitDescription =
  'Every field of the lead by its name. Dotted keys nest, repeated keys make a list, and query parameters are merged in and win. A success, a failure and an error are all answered with 201, in the format that `Accept` names. `pending` says that the result comes later.'

/** What the intake answers, beside the management API: described here, served by the process that takes leads. */
export const intakeRoutes: RouteConfig[] = [
  {
    method: 'post',
    path: '/flows/{flow_id}/sources/{source_id}/submit',
    operationId: 'submitLead',
    tags,
    summary: 'Submit a lead',
    description: submitDescription,
    security: [{}, { source_key: [] }],
    request: {
      params: paths,
      query,
      headers: z.object({ 'Idempotency-Key': z.string().optional() }),
      body: body(Submission, submitted),
    },
    responses: {
      201: answer('The lead was decided.', SubmissionResult, sold),
      303: { description: 'To `redir_url`.' },
      ...submitRefusals,
    },
  },
  {
    method: 'get',
    path: '/flows/{flow_id}/sources/{source_id}/submit',
    operationId: 'submitLeadByQuery',
    tags,
    summary: 'Submit a lead by query parameters',
    description: 'The same, with the fields in the address.',
    security: [{}, { source_key: [] }],
    request: { params: paths, query },
    responses: {
      201: answer('The lead was decided.', SubmissionResult, sold),
      303: { description: 'To `redir_url`.' },
      ...submitRefusals,
    },
  },
  {
    method: 'post',
    path: '/flows/{flow_id}/sources/{source_id}/ping',
    operationId: 'pingSource',
    tags,
    summary: 'Ask for a bid',
    description: pingDescription,
    security: [{}, { source_key: [] }],
    request: {
      params: paths,
      query: query.pick({ is_test: true }),
      body: body(Submission, { state: 'CA', postal_code: '94105' }),
    },
    responses: pingAnswers,
  },
  {
    method: 'get',
    path: '/flows/{flow_id}/sources/{source_id}/ping',
    operationId: 'pingSourceByQuery',
    tags,
    summary: 'Ask for a bid by query parameters',
    description: 'The same, with the fields in the address.',
    security: [{}, { source_key: [] }],
    request: { params: paths, query: query.pick({ is_test: true }) },
    responses: pingAnswers,
  },
  {
    method: 'get',
    path: '/flows/{flow_id}/sources/{source_id}/leads/{lead_id}',
    operationId: 'getSubmission',
    tags,
    summary: 'Ask for a result that was pending',
    security: [{}, { source_key: [] }],
    request: { params: paths.extend({ lead_id: z.uuid() }) },
    responses: {
      200: answer('The result as it stands now.', SubmissionResult, sold),
      401: submitRefusals[401],
      404: submitRefusals[404],
    },
  },
  {
    method: 'post',
    path: '/feedback',
    operationId: 'giveFeedback',
    tags: ['Feedback'],
    summary: 'Return a lead or report a conversion',
    description:
      'For the buyer. The event id came with the lead, by mapping `{{event_id}}` and in the header `X-Baton-Event-Id`; it says who gives feedback, on which step, by which rules. An identical repeat gives the first answer.',
    security: [],
    request: {
      query: z.object({ event_id: z.string() }),
      body: body(Feedback, { type: 'return', reason: 'Wrong number' }),
    },
    responses: {
      201: answer(
        'Decided. A failure says why: not allowed, no event of a delivery, or the window has passed.',
        FeedbackResult,
        {
          outcome: 'success',
        },
      ),
      400: submitRefusals[400],
      404: answer('There is no such event.', FeedbackResult, { outcome: 'error', reason: 'Event not found' }),
      406: submitRefusals[406],
      413: submitRefusals[413],
      415: submitRefusals[415],
      503: submitRefusals[503],
    },
  },
]
