import type { Choice } from '@/components/event/common-filters'
import type { Side } from '@/components/event/event-words'
import type { Actor } from '@/lib/actor'
import { listConnections } from '@/lib/connections'
import { listFlowNames } from '@/lib/flows'

/** What a side can narrow its log to: a seller to a flow, a buyer to who it gets leads from. */
export async function logChoices(actor: Actor, side: Side): Promise<{ flows?: Choice[]; connections?: Choice[] }> {
  if (side === 'seller')
    return { flows: (await listFlowNames(actor)).map(({ id, name }) => ({ value: id, label: name })) }
  const connections = (await listConnections(actor)).filter((connection) => connection.side === 'buyer')
  return { connections: connections.map(({ id, partner }) => ({ value: id, label: partner.name })) }
}
