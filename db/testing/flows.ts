import type { Actor } from '../../lib/actor'
import type { BuyerStep, FlowDocumentInput } from '../../lib/engine/index'
import { createFlow, createSource, publishFlow, saveDraft } from '../../lib/flows/index'
import { must } from './results'

type ManualStep = { id?: string; name?: string; url: string } & Partial<
  Omit<BuyerStep, 'id' | 'name' | 'type' | 'connection'>
>

/** A buyer step with a manual configuration that sends a few fields and reads the usual answer. */
export const aManualStep = ({ id = 'buyer', name = 'Buyer', url, ...rest }: ManualStep) => ({
  id,
  type: 'buyer' as const,
  name,
  connection: {
    method: 'manual' as const,
    endpoint: { url },
    request: {
      mappings: { event_id: '{{event_id}}', lead_id: '{{lead.id}}', email: '{{lead.email}}', state: '{{lead.state}}' },
    },
    response: {
      success_codes: [200, 201],
      parser: {
        type: 'json' as const,
        success_path: 'status',
        success_value: 'accepted',
        id_path: 'lead_id',
        price_path: 'payout',
        reason_path: 'rejection_reason',
      },
    },
  },
  rules: { active: true, price: 45 },
  ...rest,
})

/** A published flow with one direct source, made by the verbs that people use. */
export async function aLiveFlow(actor: Actor, document: FlowDocumentInput, source: Record<string, unknown> = {}) {
  const flow = must(await createFlow(actor, { name: `Flow ${Math.random().toString(36).slice(2, 8)}` }))
  must(await saveDraft(actor, { flowId: flow.id, document }))
  must(await publishFlow(actor, { flowId: flow.id }))
  const made = must(await createSource(actor, { flowId: flow.id, name: 'Web form', ...source }))
  return { flowId: flow.id, sourceId: made.id, key: made.key, path: `/flows/${flow.id}/sources/${made.id}/submit` }
}
