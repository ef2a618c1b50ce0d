/** The buyer's configuration of the field's own guide, as JSON; `url` is where the buyer listens. */
export const seedConfig = (url: string) => ({
  endpoint: {
    url,
    method: 'POST',
    auth: { type: 'bearer', token: 'process.env.BUYER_API_TOKEN' },
    headers: {
      'Content-Type': 'application/json',
      'X-Partner-ID': 'leadconduit_123',
      'X-Test-Mode': '{{test_mode}}',
    },
  },
  request: {
    format: 'json',
    mappings: {
      lead_id: '{{event_id}}',
      email: '{{lead.email}}',
      phone: '{{lead.phone_1}}',
      first_name: '{{lead.first_name}}',
      last_name: '{{lead.last_name}}',
      state: '{{lead.state}}',
      zip: '{{lead.zip_code}}',
      source: '{{lead.source}}',
      ip_address: '{{lead.ip_address}}',
      timestamp: '{{event_timestamp}}',
    },
    conditional_mappings: [
      {
        condition: "lead.state == 'CA'",
        mappings: { ca_privacy_notice: true, ccpa_consent: '{{lead.ccpa_consent}}' },
      },
    ],
  },
  response: {
    success_codes: [200, 201],
    parser: {
      type: 'json',
      success_path: 'status',
      success_value: 'accepted',
      id_path: 'lead_id',
      price_path: 'payout',
      reason_path: 'rejection_reason',
    },
  },
})

export const seedToken = 'tok_live_9f8e7d6c5b4a'

/** A lead of California, as its source submits it. */
export const seedLead = {
  first_name: 'Ana',
  last_name: 'García',
  email: 'Ana@Example.com',
  phone: '(512) 789-1111',
  state: 'California',
  zip: '95814',
  ip_address: '203.0.113.7',
  ccpa_consent: 'true',
}
