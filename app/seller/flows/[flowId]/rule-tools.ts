import type { Actor } from '@/lib/actor'
import { listLeads } from '@/lib/leads'
import { listLists } from '@/lib/lists'
import type { ListSummary } from '@/lib/lists/schema'

/** What the rule builder offers: the account's lists, and leads to try a rule on. */
export type RuleMaterial = {
  lists: Pick<ListSummary, 'id' | 'name' | 'size'>[]
  leads: { id: string; label: string; at: string }[]
}

const mostLeads = 20

/** Reads it for a flow: the flow's own leads, newest first. */
export async function ruleMaterial(actor: Actor, flowId: string): Promise<RuleMaterial> {
  const [lists, leads] = await Promise.all([
    listLists(actor),
    listLeads(actor, 'seller', { flow_id: flowId, limit: mostLeads }),
  ])
  return {
    lists: lists.map(({ id, name, size }) => ({ id, name, size })),
    leads: leads.data.map(({ id, label, place, receivedAt }) => ({
      id,
      label: [label || 'A lead without a name', place].filter(Boolean).join(', '),
      at: receivedAt,
    })),
  }
}
