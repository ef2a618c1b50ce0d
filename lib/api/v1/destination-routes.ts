import { endpoint } from './endpoint'
import { CircuitBody, CircuitShape, circuit } from './shapes/circuits'
import { AccountCapsShape, IdParam, listOf } from './shapes/common'
import {
  destination,
  destinationPing,
  destinationSummary,
  destinationTest,
  endpointParts,
  pingTest,
} from './shapes/destination-examples'
import {
  DestinationChanges,
  DestinationQuery,
  DestinationShape,
  DestinationSummaryShape,
  IntegrationShape,
  NewDestination,
  PingTestShape,
  TestBody,
  TestShape,
} from './shapes/destinations'
import { sample, sampleCapUse } from './shapes/examples'
import { CapUseShape } from './shapes/flows'

const tag = 'Destinations'
const answersDestination = {
  status: 200,
  description: 'The destination. Its credential shows the last 4 characters.',
  schema: DestinationShape,
  example: destination,
} as const

export const listIntegrationsRoute = endpoint({
  method: 'get',
  path: '/integrations',
  id: 'listIntegrations',
  tag,
  summary: 'List integrations',
  description: 'The kinds of destination there are, each with what its form begins with.',
  answer: {
    status: 200,
    description: 'The catalogue.',
    schema: listOf(IntegrationShape),
    example: {
      data: [
        {
          id: 'webhook',
          name: 'Webhook',
          description: 'Sends each lead to an address of yours, in the format that you choose, and reads your answer.',
          needs_url: true,
          auth: ['none', 'basic', 'bearer', 'api_key'],
          starter: { ...endpointParts, required_fields: [] },
        },
      ],
      next_cursor: null,
    },
  },
})

export const createDestinationRoute = endpoint({
  method: 'post',
  path: '/destinations',
  id: 'createDestination',
  tag,
  summary: 'Create a destination',
  description:
    'Not tested yet. Its name is unique in the account; plain http:// needs `insecure_confirmed`. The credential is sealed and reads as a reference.',
  body: NewDestination,
  example: { name: 'Our CRM', integration: 'webhook', ...endpointParts, required_fields: ['email'] },
  answer: { ...answersDestination, status: 201 },
  refuses: [409],
})

export const listDestinationsRoute = endpoint({
  method: 'get',
  path: '/destinations',
  id: 'listDestinations',
  tag,
  summary: 'List destinations',
  description: 'Newest first, by keyset.',
  query: DestinationQuery,
  answer: {
    status: 200,
    description: 'The destinations of the account.',
    schema: listOf(DestinationSummaryShape),
    example: { data: [{ ...destinationSummary, connections: 1 }], next_cursor: null },
  },
})

export const getDestinationRoute = endpoint({
  method: 'get',
  path: '/destinations/{id}',
  id: 'getDestination',
  tag,
  summary: 'Get a destination',
  params: IdParam,
  answer: answersDestination,
})

export const updateDestinationRoute = endpoint({
  method: 'patch',
  path: '/destinations/{id}',
  id: 'updateDestination',
  tag,
  summary: 'Change a destination',
  description:
    'What is not named stays; `endpoint`, `request`, `response` and `ping` are replaced whole, `"ping": null` takes it away. A live one is tested with the change first, and stays as it is when the test lead does not get through.',
  params: IdParam,
  body: DestinationChanges,
  example: { description: 'Intake of the California office', ping: destinationPing },
  answer: answersDestination,
  refuses: [409],
})

export const deleteDestinationRoute = endpoint({
  method: 'delete',
  path: '/destinations/{id}',
  id: 'deleteDestination',
  tag,
  summary: 'Delete a destination',
  description: 'Refused while a connection delivers to it. What was delivered stays in the log.',
  params: IdParam,
  answer: { status: 204, description: 'Deleted.' },
  refuses: [409],
})

export const testRoute = endpoint({
  method: 'post',
  path: '/destinations/{id}/test',
  id: 'testDestination',
  tag,
  summary: 'Send a test lead',
  description: 'Marked as a test. With a connection it carries only what that seller shares.',
  params: IdParam,
  body: TestBody,
  bodyOptional: true,
  example: { connection_id: sample.connectionId },
  answer: { status: 200, description: 'What the test found.', schema: TestShape, example: destinationTest },
  refuses: [409],
})

export const testPingRoute = endpoint({
  method: 'post',
  path: '/destinations/{id}/test-ping',
  id: 'testPing',
  tag,
  summary: 'Send a test ping',
  description:
    'Asks the destination for its bid on the sample lead, marked as a test. With a connection it tells only what that seller lets be told in a ping. A test lead is preceded by one, too.',
  params: IdParam,
  body: TestBody,
  bodyOptional: true,
  example: { connection_id: sample.connectionId },
  answer: { status: 200, description: 'What the ping was answered.', schema: PingTestShape, example: pingTest },
  refuses: [409],
})

const standing = <Verb extends 'acknowledge' | 'go-live' | 'disable'>(
  verb: Verb,
  id: string,
  summary: string,
  description: string,
) =>
  endpoint({
    method: 'post',
    path: `/destinations/{id}/${verb}`,
    id,
    tag,
    summary,
    description,
    params: IdParam,
    answer: answersDestination,
    refuses: [409],
  })

export const acknowledgeRoute = standing(
  'acknowledge',
  'acknowledgeTest',
  'Confirm the test lead',
  'It arrived, and the fields are right. Takes a test that passed.',
)
export const goLiveRoute = standing(
  'go-live',
  'goLive',
  'Go live',
  'Lets leads in. Takes a passed test of the present configuration and its confirmation. Enables a disabled one again on the same terms.',
)
export const disableRoute = standing(
  'disable',
  'disableDestination',
  'Disable a destination',
  'Keeps leads out from the next one on.',
)

export const destinationCircuitRoute = endpoint({
  method: 'post',
  path: '/destinations/{id}/circuit',
  id: 'holdDestinationCircuit',
  tag,
  summary: 'Hold or reset a circuit',
  description:
    'For all sellers that deliver here, at once: `hold_open` lets no lead pass, `hold_closed` lets every lead pass whatever fails, `reset` forgets the failures and lets the circuit decide by itself again.',
  params: IdParam,
  body: CircuitBody,
  example: { action: 'reset' },
  answer: { status: 200, description: 'How the circuit stands.', schema: CircuitShape, example: circuit },
  refuses: [409],
})

export const setDestinationCapsRoute = endpoint({
  method: 'put',
  path: '/destinations/{id}/caps',
  id: 'setDestinationCaps',
  tag,
  summary: 'Cap a destination',
  description:
    'At the most so many leads, and so much money, whoever they come from. At once; `{}` takes all caps away. A seller only learns that the buyer’s own limit is reached.',
  params: IdParam,
  body: AccountCapsShape,
  example: { daily: 100, daily_spend: 4500, timezone: 'America/Los_Angeles' },
  answer: answersDestination,
})

export const destinationCapUseRoute = endpoint({
  method: 'get',
  path: '/destinations/{id}/caps',
  id: 'getDestinationCapUse',
  tag,
  summary: 'The use of a destination’s caps',
  description: 'What is taken from each in the minute, hour, day, week or month that runs now.',
  params: IdParam,
  answer: {
    status: 200,
    description: 'One line for each cap.',
    schema: listOf(CapUseShape),
    example: {
      data: [{ ...sampleCapUse, of: 'destination', id: sample.destinationId, name: 'CRM' }],
      next_cursor: null,
    },
  },
})
