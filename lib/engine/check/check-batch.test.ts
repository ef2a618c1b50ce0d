import { expect, test } from 'vitest'
import { aBuyer, inputOf } from '../fixtures'
import { checkDestination, checkFlow, DestinationConfig, type DistributionStep } from '../index'

const url = 'https://acme.example.com/leads'
type Parts = { request?: object; response?: object; endpoint?: object; step?: object; steps?: object[] }

const problemsOf = ({ request = {}, response = {}, endpoint = {}, step = {}, steps = [] }: Parts) => {
  const buyer = aBuyer('acme', {
    connection: {
      method: 'manual',
      endpoint: { url, ...endpoint },
      request: { mappings: { id: '{{event_id}}' }, batch: { minutes: 15, leads: 50 }, ...request },
      response: { success_codes: [200], ...response },
    },
    ...step,
  } as never)
  const at = 'steps.0.connection.'
  return checkFlow(inputOf({ steps: [buyer, ...(steps as never[])] })).map(
    ({ severity, path, message }) => `${severity} ${path.replace(at, '')}: ${message}`,
  )
}

test('a batch as it should be has no problem', () => {
  expect(problemsOf({})).toEqual([])
  expect(problemsOf({ request: { batch: { minutes: 1, leads: 2, name: 'data.leads' } } })).toEqual([])
})

test.each<[string, Parts, RegExp]>([
  [
    'a format that knows no lists',
    { request: { format: 'form' } },
    /^error request.batch: Several leads go together as JSON/,
  ],
  ['a form parameter around it', { request: { parameter: 'payload' } }, /^error request.batch: Several leads/],
  [
    'CSV of a body',
    { request: { batch: { minutes: 1, leads: 2, csv: true }, body: '{}' } },
    /^error request.batch.csv: CSV is made/,
  ],
  [
    'an envelope without its leads',
    { request: { batch: { minutes: 1, leads: 2, envelope: '{}' } } },
    /^error request.batch.envelope: Write \{\{leads}} once/,
  ],
  [
    'an envelope that names a lead',
    { request: { batch: { minutes: 1, leads: 2, envelope: '{{leads}}{{event_id}}' } } },
    /“event_id” is not known here/,
  ],
  [
    'a header of a lead',
    { endpoint: { headers: { 'X-State': '{{lead.state}}' } } },
    /^error endpoint.headers.X-State: One request carries several leads/,
  ],
  [
    'an address of a lead',
    { endpoint: { url: `${url}?id={{event_id}}` } },
    /^error endpoint.url: One request carries several/,
  ],
  [
    'leads that nothing tells apart',
    { request: { mappings: { mail: '{{lead.email}}' } } },
    /^warning request.mappings: Map \{\{event_id}}/,
  ],
  [
    'items that are named by nothing',
    {
      request: { mappings: { mail: '{{lead.email}}' } },
      response: { parser: { items_path: 'r', item_event_path: 'id' } },
    },
    /^error response.parser.item_event_path/,
  ],
  [
    'one price for all',
    { response: { parser: { price_path: 'total' } } },
    /^warning response.parser.price_path: A price of the whole batch/,
  ],
  [
    'items in text',
    { response: { parser: { type: 'text', items_path: '0' } } },
    /^error response.parser.items_path: Items are read from JSON or XML/,
  ],
  ['steps that wait', { steps: [aBuyer('next')] }, /^warning request.batch: The step below gets a lead when the batch/],
])('%s is told', (_, parts, expected) => {
  expect(problemsOf(parts).some((problem) => expected.test(problem))).toBe(true)
})

test('a time budget begins anew, and only deliveries go in batches', () => {
  const step = {
    id: 'group',
    type: 'distribution',
    name: 'Group',
    time_budget_seconds: 5,
    buyers: [
      aBuyer('acme', {
        connection: {
          method: 'manual',
          endpoint: { url },
          request: { mappings: { id: '{{event_id}}' }, batch: { minutes: 15, leads: 50 } },
        },
        ping: { endpoint: { url }, request: { mappings: {}, batch: { minutes: 15, leads: 50 } } },
      } as never),
    ],
  } as unknown as DistributionStep
  const said = checkFlow(inputOf({ steps: [step] })).map(({ message }) => message)
  expect(said).toContain('The time for the whole step begins anew when the batch goes out.')
  expect(said).toContain('Only a delivery can be sent in batches.')
})

test('a buyer is told of its destination too', () => {
  const config = DestinationConfig.parse({
    endpoint: { url },
    request: { format: 'query', mappings: { id: '{{event_id}}' }, batch: { minutes: 15, leads: 50 } },
    response: {},
  })
  expect(checkDestination(config).map(({ path }) => path)).toContain('request.batch')
})

test.each([
  [{ minutes: 0, leads: 50 }, 'At least one minute.'],
  [{ minutes: 1441, leads: 50 }, 'At most 1,440 minutes, which is a day.'],
  [{ minutes: 15, leads: 1 }, 'At least 2 leads.'],
  [{ minutes: 15, leads: 1001 }, 'At most 1,000 leads.'],
])('%o is refused: %s', (batch, words) => {
  const parsed = DestinationConfig.safeParse({ endpoint: { url }, request: { batch }, response: {} })
  expect(parsed.error?.issues.map(({ message }) => message)).toContain(words)
})
