import { must } from '../../db/testing/index'
import type { Actor } from '../actor'
import type { FlowDocumentInput } from '../engine/index'
import { createFlow } from './create-flow'
import { saveDraft } from './save-draft'

export const token = 'tok_live_9f8e7d6c5b4a'

export const manualStep = (
  given: { id?: string; active?: boolean } = {},
): NonNullable<FlowDocumentInput['steps']>[number] => ({
  id: given.id ?? 'acme',
  type: 'buyer',
  name: 'Acme Insurance',
  connection: {
    method: 'manual',
    endpoint: { url: 'https://api.acme.example/leads', auth: { type: 'bearer', token } },
    request: { mappings: { lead_id: '{{event_id}}', email: '{{lead.email}}' } },
  },
  rules: { active: given.active ?? true, price: 45 },
})

export const inviteStep = (given: { id?: string } = {}): NonNullable<FlowDocumentInput['steps']>[number] => ({
  id: given.id ?? 'partner',
  type: 'buyer',
  name: 'Partner',
  connection: { method: 'invite', shared_fields: ['email', 'phone_1'] },
  rules: { active: false },
})

export const aDocument = (...steps: NonNullable<FlowDocumentInput['steps']>): FlowDocumentInput => ({
  fields: [
    { name: 'email', type: 'email', required: true },
    { name: 'phone_1', type: 'phone' },
    { name: 'state', type: 'state' },
  ],
  steps,
})

/** A flow of this seller whose draft has these steps. */
export async function aFlow(actor: Actor, ...steps: NonNullable<FlowDocumentInput['steps']>): Promise<string> {
  const { id } = must(await createFlow(actor, { name: 'Insurance Leads - California' }))
  must(await saveDraft(actor, { flowId: id, document: aDocument(...steps) }))
  return id
}

/** A buyer's configuration as the field's guides show it, in JavaScript. */
export const pastedBuyer = (url = 'https://api.buyer.com/leads') => `const manualBuyerConfig = {
  // Endpoint configuration
  endpoint: {
    url: "${url}",
    method: "POST",
    // Authentication
    auth: {
      type: "bearer", // basic, bearer, api_key, custom
      token: process.env.BUYER_API_TOKEN
    },
    headers: {
      "Content-Type": "application/json",
      "X-Partner-ID": "leadconduit_123",
      "X-Test-Mode": "{{test_mode}}"
    }
  },
  request: {
    format: "json",
    mappings: {
      "lead_id": "{{event_id}}",
      "email": "{{lead.email}}",
      "phone": "{{lead.phone_1}}",
      "first_name": "{{lead.first_name}}",
      "last_name": "{{lead.last_name}}",
      "state": "{{lead.state}}",
      "zip": "{{lead.zip_code}}",
      "source": "{{lead.source}}",
      "ip_address": "{{lead.ip_address}}",
      "timestamp": "{{event_timestamp}}"
    },
    conditional_mappings: [
      {
        condition: "lead.state == 'CA'",
        mappings: { "ca_privacy_notice": true, "ccpa_consent": "{{lead.ccpa_consent}}" }
      }
    ]
  },
  response: {
    success_codes: [200, 201],
    parser: {
      type: "json",
      success_path: "status",
      success_value: "accepted",
      id_path: "lead_id",
      price_path: "payout",
      reason_path: "rejection_reason"
    }
  }
};`
