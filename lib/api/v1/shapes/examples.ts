/** Ids and words that the examples of the document share, so that they read as one story. */
export const sample = {
  flowId: '0197a3c2-5b7e-7c41-9d0f-6a1e2b3c4d5e',
  sourceId: '0197a3c2-6d10-7a52-8e2b-1c9d8e7f6a5b',
  leadId: '0197a3d4-0b1c-7f63-a4d5-2e8f9a0b1c2d',
  eventId: '0197a3d4-0b20-7b74-b5e6-3f9a0b1c2d3e',
  invitationId: '0197a3c8-1f2e-7d85-86f7-4a0b1c2d3e4f',
  connectionId: '0197a3ca-2a3b-7e96-97a8-5b1c2d3e4f50',
  partnerId: '0197a3cc-4c5d-7fb8-b9ca-7d3e4f506172',
  destinationId: '0197a3cb-3b4c-7fa7-a8b9-6c2d3e4f5061',
  accountId: '0197a3c0-4c5d-70b8-b9ca-7d3e4f506172',
  userId: '0197a3c0-5d6e-71c9-8adb-8e4f50617283',
  keyId: '0197a3c1-6e7f-72da-9bec-9f5061728394',
  token: 'PkQ1r2S3t4U5v6W7x8Y9z0a1b2c3d4e5f6g7h8i9j0k',
  at: '2026-01-15T14:02:11.031Z',
} as const

/** A small flow: who is bought, one filter, one buyer that is set up by the seller. */
export const sampleDocument = {
  fields: [
    { name: 'email', type: 'email', required: true },
    { name: 'phone_1', type: 'phone' },
    { name: 'state', type: 'state' },
    { name: 'dob', type: 'dob' },
  ],
  acceptance: { rule: "lead.state in ['CA', 'TX'] && lead.email.valid", reason: 'State is not bought here' },
  price: { cost: 20 },
  steps: [
    { id: 'adults', type: 'filter', name: 'Adults only', stop_when: 'lead.dob.age < 18', reason: 'Must be 18' },
    {
      id: 'premium',
      type: 'buyer',
      name: 'Premium Insurance Buyer',
      connection: {
        method: 'manual',
        endpoint: { url: 'https://api.buyer.example/leads', auth: { type: 'bearer', token: 'a secret, kept sealed' } },
        request: {
          mappings: { lead_id: '{{event_id}}', email: '{{lead.email}}', 'contact.phone': '{{lead.phone_1}}' },
        },
        response: {
          success_codes: [200, 201],
          parser: {
            success_path: 'status',
            success_value: 'accepted',
            id_path: 'lead_id',
            price_path: 'payout',
            reason_path: 'rejection_reason',
          },
        },
      },
      rules: { active: true, price: 45 },
    },
  ],
  feedback: { return: { allowed: true, within_days: 7 }, conversion: { allowed: true } },
}

export const sampleCapUse = {
  unit: 'leads',
  period: 'day',
  time_zone: 'America/Los_Angeles',
  used: 38,
  limit: 100,
  draft_limit: 100,
  resets_at: sample.at,
}
