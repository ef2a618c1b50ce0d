import { destinationTest } from './destination-examples'
import { sample } from './examples'

export const eventItem = {
  id: sample.eventId,
  lead_id: sample.leadId,
  type: 'delivery',
  outcome: 'accepted',
  is_test: false,
  name: 'Premium Insurance Buyer',
  recipient: 'Premium Insurance Buyer',
  flow_id: sample.flowId,
  flow_name: 'Insurance Leads – California',
  step_id: 'premium',
  started_at: sample.at,
  duration_ms: 189,
  ended_at: '2026-01-15T14:02:11.220Z',
  price: 45,
  status_code: 201,
  buyer_lead_id: 'b-1207',
  lead_label: 'Ana García',
}

const data = {
  email: { type: 'email', value: 'ana@example.com' },
  state: { type: 'state', value: 'TX', raw: 'Texas' },
}

export const eventExample = {
  ...eventItem,
  trace: [{ kind: 'delivery', passed: true, text: 'The buyer accepted the lead for $45.00' }],
  timings: { connect_ms: 0, first_byte_ms: 187, total_ms: 189 },
  sizes: { sent_bytes: 412, received_bytes: 63 },
  reused_socket: true,
  sent_fields: ['email', 'phone_1'],
  request: destinationTest.request,
  response: destinationTest.response,
  lead_data: data,
}

export const leadItem = {
  id: sample.leadId,
  side: 'seller',
  label: 'Ana García',
  email: 'ana@example.com',
  phone: '(512) 789-1111',
  place: 'Austin, TX 78704',
  status: 'final',
  outcome: 'success',
  is_test: false,
  flow_id: sample.flowId,
  flow_name: 'Insurance Leads – California',
  source_name: 'Web form',
  price: 20,
  revenue: 45,
  received_at: sample.at,
  completed_at: '2026-01-15T14:02:11.226Z',
}

export const leadExample = {
  ...leadItem,
  data,
  submission: { ip: '203.0.113.7', user_agent: 'web-form/1.0' },
  flow_version: 7,
  events: [eventExample],
  considered: [
    {
      step_id: 'premium',
      name: 'Premium Insurance Buyer',
      outcome: 'accepted',
      place: 'Priority 1',
      within: { step_id: 'auction', name: 'Auction' },
      price: 45,
      event_id: sample.eventId,
      trace: [],
    },
    {
      step_id: 'coastal',
      name: 'Coastal Mutual',
      outcome: 'skipped',
      reason: 'Cap 50 of 50 a day, resets 00:00 London',
      place: 'Priority 2',
      within: { step_id: 'auction', name: 'Auction' },
      trace: [],
    },
  ],
}

export const pingExample = {
  id: sample.leadId,
  outcome: 'bid',
  is_test: false,
  flow_id: sample.flowId,
  flow_name: 'Insurance Leads – California',
  source_name: 'Web form',
  received_at: sample.at,
  duration_ms: 204,
  price: 36,
  expires_at: '2026-01-15T14:04:11.031Z',
  fields: ['postal_code', 'state'],
  trace: [{ kind: 'ping', passed: true, text: 'Bid $36.00' }],
  pings: [
    {
      ...eventExample,
      type: 'ping',
      outcome: 'bid',
      buyer_lead_id: 'P-4711',
      trace: [{ kind: 'ping', passed: true, text: 'Premium Insurance Buyer bids $45.00' }],
      sent_fields: ['state'],
      lead_data: {},
    },
  ],
}
