import { sample } from './examples'

export const endpointParts = {
  endpoint: { url: 'https://crm.coastal.example/leads', auth: { type: 'bearer', token: 'a secret, kept sealed' } },
  request: { mappings: { id: '{{event_id}}', email: '{{lead.email}}', phone: '{{lead.phone_1}}' } },
  response: { success_codes: [201], parser: { success_path: 'status', success_value: 'accepted', id_path: 'lead_id' } },
}

const recorded = {
  request: {
    method: 'POST',
    url: 'https://crm.coastal.example/leads',
    headers: { 'content-type': 'application/json', authorization: '<redacted>', 'x-test-mode': 'true' },
    body: '{"id":"TEST_0197a3d4","email":"test@example.com","phone":"5555551234"}',
  },
  response: {
    status: 201,
    headers: { 'content-type': 'application/json' },
    body: '{"status":"accepted","lead_id":"c-81"}',
  },
}

export const destinationPing = {
  endpoint: { url: 'https://crm.coastal.example/ping' },
  request: { mappings: { state: '{{lead.state}}' } },
  response: { success_codes: [200], parser: { price_path: 'price', id_path: 'ping_id', reason_path: 'reason' } },
  timeout_seconds: 1,
}

export const pingTest = {
  passed: true,
  at: sample.at,
  checks: [{ name: 'Bid', passed: true, message: 'Bids $45.00, under the reference P-4711.' }],
  request: {
    method: 'POST',
    url: destinationPing.endpoint.url,
    headers: { 'content-type': 'application/json', authorization: '<redacted>', 'x-test-mode': 'true' },
    body: '{"state":"TX"}',
  },
  response: {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"price":45,"ping_id":"P-4711"}',
  },
  bid: { price: 45, reference: 'P-4711' },
}

export const destinationTest = {
  passed: true,
  at: sample.at,
  checks: [{ name: 'Answer', passed: true, message: 'Your system answered 201 and took the lead.' }],
  ...recorded,
}

export const destinationSummary = {
  id: sample.destinationId,
  name: 'Our CRM',
  description: '',
  integration: 'webhook',
  status: 'live',
  url: endpointParts.endpoint.url,
  insecure: false,
  tested_at: sample.at,
  test_passed: true,
  acknowledged: true,
  updated_at: sample.at,
}

export const destination = {
  ...destinationSummary,
  ...endpointParts,
  endpoint: {
    ...endpointParts.endpoint,
    method: 'POST',
    auth: { type: 'bearer', token: { secret: 'sec_0197a3cc' } },
    headers: {},
  },
  required_fields: ['email'],
  settings: null,
  credential: { type: 'bearer', last_four: 'k9Zd', updated_at: sample.at },
  secrets: { sec_0197a3cc: { last_four: 'k9Zd', updated_at: sample.at } },
  insecure_confirmed: false,
  circuit: { standing: 'closed', words: null, failures: 0, open_since: null, next_try_at: null } as const,
  caps: { daily: 100, timezone: 'America/Los_Angeles' },
  last_test: destinationTest,
  acknowledged_at: sample.at,
  problems: [],
  connections: [{ id: sample.connectionId, seller: 'Meridian Leads', status: 'active' }],
  created_at: sample.at,
}
