import type { Tx } from '../../db/client'
import type { Actor } from '../actor'
import { parseInput } from '../input'
import type { Result } from '../result'
import { whoIs } from './access'
import { type QueueReport, ReleaseInput } from './schema'
import { wishFor } from './wish'

/**
 * Sends waiting leads out now, to all buyers that they wait for. A buyer that is closed or full stays so: the lead waits
 * on then.
 */
export async function releaseLeads(actor: Actor, input: unknown, tx?: Tx): Promise<Result<QueueReport>> {
  const parsed = parseInput(ReleaseInput, input)
  if (!parsed.ok) return parsed
  const deed = () => ({ outcome: 'released', action: 'queue.release', reason: `Released by ${whoIs(actor)}` })
  return wishFor(actor, parsed.value.leadIds, { set: { wish: 'release' }, deed }, tx)
}
