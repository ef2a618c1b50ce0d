import { z } from '@hono/zod-openapi'
import { lastAnswer, testAnswer } from '../../answers/index'
import { type LastAnswer, LastAnswerInput, TestAnswerInput, type TestedAnswer } from '../../answers/schema'
import { parserTypes } from '../../engine/schema'
import { endpoint } from './endpoint'
import { reply, written } from './reply'
import { newApi } from './router'
import { AmountShape, named, ProblemInDocument, TimeShape, UuidShape } from './shapes/common'
import { writeProblem } from './shapes/flows'
import { onWire } from './wire'

const tag = 'Answers'

const VerdictShape = z.strictObject({
  outcome: z.enum(['accepted', 'rejected', 'error', 'unknown']),
  reason: z.string().optional(),
  alert: z.string().optional(),
  status_code: z.number().int().optional(),
  price: AmountShape.optional(),
  buyer_lead_id: z.string().optional(),
  duplicate: z.literal(true).optional(),
  captured: z.record(z.string(), z.unknown()).optional(),
})

const TestedAnswerShape = named(
  'TestedAnswer',
  z.strictObject({
    verdict: VerdictShape,
    kind: z.enum(parserTypes).optional().openapi({ description: 'What the body was read as.' }),
    problem: z.string().optional().openapi({ description: 'Why the body is not of that kind.' }),
    decided: z.strictObject({
      by: z.enum(['condition', 'fault', 'duplicate', 'success', 'status', 'sending']),
      at: z.string().optional().openapi({ description: 'The setting that decided, as a path into `response`.' }),
      words: z.string(),
    }),
    conditions: z.array(
      z.strictObject({ result: z.enum(['fits', 'does not fit', 'not looked at']), words: z.string() }),
    ),
    found: z.array(z.strictObject({ at: z.string(), path: z.string(), values: z.array(z.string()) })),
    problems: z.array(ProblemInDocument),
  }),
)

const testAnswerRoute = endpoint({
  method: 'post',
  path: '/answers/test',
  id: 'testAnswer',
  tag,
  summary: 'Try an answer',
  description:
    'What an answer would mean by the settings given, which need not be saved: outcome, reason, price, id and captured values, which condition or rule decided, and what stands at each path.',
  body: named('TestAnswer', TestAnswerInput),
  example: {
    response: {
      parser: { type: 'text', success_path: '0', success_value: 'OK', id_path: '1', price_path: '2' },
      conditions: [{ contains: 'duplicate', outcome: 'duplicate' }],
    },
    answer: { status: 200, content_type: 'text/plain', body: 'OK|123|45.00' },
  },
  answer: {
    status: 200,
    description: 'How the answer was read.',
    schema: TestedAnswerShape,
    example: {
      verdict: { outcome: 'accepted', status_code: 200, price: 45, buyer_lead_id: '123' },
      kind: 'text',
      decided: { by: 'success', at: 'parser.success_path', words: '200 is a success code, and “0” is “OK”.' },
      conditions: [{ result: 'does not fit', words: 'the answer is not one that contains “duplicate”' }],
      found: [
        { at: 'parser.success_path', path: '0', values: ['OK'] },
        { at: 'parser.price_path', path: '2', values: ['45.00'] },
        { at: 'parser.id_path', path: '1', values: ['123'] },
      ],
      problems: [],
    },
  },
})

const LastAnswerShape = named(
  'LastAnswer',
  z.strictObject({
    event_id: UuidShape,
    at: TimeShape,
    is_test: z.boolean(),
    status: z.number().int(),
    content_type: z.string().optional(),
    body: z.string(),
    truncated: z.literal(true).optional(),
  }),
)

const lastAnswerRoute = endpoint({
  method: 'get',
  path: '/answers/last',
  id: 'lastAnswer',
  tag,
  summary: 'Get the last answer',
  description:
    'The last answer of a step that you configured (`flow_id` and `step_id`) or of your destination (`destination_id`) in the past 30 days, test leads too, without credentials and masked values.',
  query: LastAnswerInput,
  answer: {
    status: 200,
    description: 'The answer.',
    schema: LastAnswerShape,
    example: {
      event_id: '01990a2b-7c5d-7e8f-9a0b-1c2d3e4f5a6b',
      at: '2026-03-02T09:30:11.226Z',
      is_test: false,
      status: 200,
      content_type: 'text/plain',
      body: 'OK|123|45.00',
    },
  },
  refuses: [404],
})

function writeTested({ verdict, captured: _, problems, ...rest }: TestedAnswer) {
  return { ...rest, verdict: onWire(verdict), problems: problems.map(writeProblem) }
}
const writeLast = (last: LastAnswer) => onWire(last)

export const answerApi = newApi()

answerApi.openapi(testAnswerRoute, async (c) =>
  reply(
    c,
    written(await testAnswer(c.var.actor, c.req.valid('json')), writeTested, (path) => path),
  ),
)

answerApi.openapi(lastAnswerRoute, async (c) =>
  reply(
    c,
    written(await lastAnswer(c.var.actor, c.req.valid('query')), writeLast, (path) => path),
  ),
)
