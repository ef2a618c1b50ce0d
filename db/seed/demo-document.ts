import type { FlowDocumentInput } from '../../lib/engine/index'

/** The demo flow: adults in California and Texas, an invited buyer, and a second one that refuses some leads. */
export const demoDocument = (sharedFields: string[], secondBuyerUrl: string): FlowDocumentInput => ({
  fields: [
    { name: 'first_name', type: 'first_name' },
    { name: 'last_name', type: 'last_name' },
    { name: 'email', type: 'email', required: true },
    { name: 'phone_1', type: 'phone' },
    { name: 'city', type: 'city' },
    { name: 'state', type: 'state' },
    { name: 'postal_code', type: 'postal_code' },
    { name: 'dob', type: 'dob' },
    { name: 'credit_score', type: 'number' },
  ],
  acceptance: { rule: "lead.state in ['CA', 'TX']", reason: 'State is not bought here' },
  price: { cost: 20 },
  steps: [
    {
      id: 'adults',
      type: 'filter',
      name: 'Adults only',
      stop_when: 'lead.dob.age < 18',
      outcome: 'failure',
      reason: 'Must be 18',
    },
    {
      id: 'premium',
      type: 'buyer',
      name: 'Premium Insurance Buyer',
      connection: { method: 'invite', shared_fields: sharedFields },
      rules: { active: false, price: 45 },
    },
    {
      id: 'coastal',
      type: 'buyer',
      name: 'Coastal Mutual',
      connection: {
        method: 'manual',
        endpoint: { url: secondBuyerUrl },
        request: {
          mappings: {
            lead_id: '{{event_id}}',
            email: '{{lead.email}}',
            phone: '{{lead.phone_1}}',
            state: '{{lead.state}}',
          },
        },
        response: {
          success_codes: [200, 201],
          parser: {
            type: 'json',
            success_path: 'status',
            success_value: 'accepted',
            id_path: 'lead_id',
            reason_path: 'rejection_reason',
          },
        },
      },
      rules: { active: true, price: 30 },
      eligible_when: 'lead.credit_score > 650',
    },
  ],
})
