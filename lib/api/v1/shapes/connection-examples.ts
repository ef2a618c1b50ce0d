import { sample } from './examples'

export const permissions = { endpoint_url: true, authentication: true, field_mappings: true, test_mode: true }

const common = {
  id: sample.connectionId,
  status: 'active',
  paused_by: null,
  setup: 'ready',
  setup_words: 'Ready',
  shared_fields: ['email', 'phone_1', 'state'],
  ping_fields: ['state'],
  permissions,
  health: 'healthy',
  stats: {
    days: 30,
    delivered: 812,
    accepted: 640,
    rejected: 160,
    errors: 10,
    unknown: 2,
    acceptance_rate: 0.79,
    amount: 28_800,
    last_delivery_hour: '2026-01-15T14:00:00.000Z',
  },
  created_at: sample.at,
}

export const sellerConnection = {
  ...common,
  side: 'seller',
  partner: { account_id: sample.accountId, name: 'Coastal Mutual' },
  invited_email: 'ben@coastal.example',
  steps: [
    {
      flow_id: sample.flowId,
      flow_name: 'Insurance Leads – California',
      step_id: 'coastal',
      step_name: 'Coastal Mutual',
      in: 'live',
      active: true,
    },
  ],
  partner_record: { id: sample.partnerId, name: 'Coastal Mutual', type: 'partner', status: 'active' },
  caps: { daily: 250 },
  endpoint: 'Configured by buyer',
  authentication: '**** Hidden ****',
}

export const buyerConnection = {
  ...common,
  side: 'buyer',
  partner: { account_id: sample.accountId, name: 'Meridian Leads' },
  flow_name: 'Insurance Leads – California',
  message: 'We have about 40 leads a day for you.',
  destination: { id: sample.destinationId, name: 'Our CRM', integration: 'webhook', status: 'live' },
  delivery: { method: 'POST', format: 'json', timeout_seconds: 30 },
}
