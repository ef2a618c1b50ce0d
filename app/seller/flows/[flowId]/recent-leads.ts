import type { Actor } from '@/lib/actor'
import { maskedTypes, type PackedLead } from '@/lib/engine'
import { getLead, listLeads } from '@/lib/leads'

/** A lead that came in, to try a step with: its values as texts, by field name. */
export type RecentLead = { id: string; label: string; values: Record<string, string> }

const count = 8

const textOf = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value ?? ''))

/** What is sealed is not read for a test: it stays blank. */
const valuesOf = (data: PackedLead): Record<string, string> =>
  Object.fromEntries(
    Object.entries(data)
      .filter(([, { type, value }]) => !maskedTypes.has(type) && value !== null)
      .map(([name, packed]) => [name, textOf('raw' in packed ? packed.raw : packed.value)]),
  )

/** The leads that a flow got last, newest first. */
export async function recentLeads(actor: Actor, flowId: string): Promise<RecentLead[]> {
  const { data } = await listLeads(actor, 'seller', { flow_id: flowId, limit: count })
  const found = await Promise.all(data.map(({ id }) => getLead(actor, id)))
  return found.flatMap((lead) =>
    lead.ok
      ? [
          {
            id: lead.value.id,
            label: `${lead.value.label || 'Nameless'}${lead.value.isTest ? ' (test)' : ''}`,
            values: valuesOf(lead.value.data),
          },
        ]
      : [],
  )
}
