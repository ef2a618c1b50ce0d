import type { Actor } from '../actor'
import { withBuyers } from '../engine/index'
import { ok, type Result } from '../result'
import { getFlow } from './queries'
import { exportFormat, type FlowExport } from './schema'
import { withoutSecrets } from './secret-places'

/**
 * The draft as a document that may be kept and given away: a secret is named (`{{secret.PREMIUM_TOKEN}}`), never in it,
 * and no invitation is. An import asks for what is named.
 */
export async function exportFlow(actor: Actor, flowId: string): Promise<Result<FlowExport>> {
  const flow = await getFlow(actor, flowId)
  if (!flow.ok) return flow
  const { name, draft } = flow.value
  const uninvited = withBuyers(draft, (step) => {
    if (step.connection.method !== 'invite') return step
    const { invitation_id: _, ...connection } = step.connection
    return { ...step, connection }
  })
  return ok({ format: exportFormat, name, document: withoutSecrets(uninvited) })
}
