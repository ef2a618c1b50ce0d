import type { Tx } from '../../db/client'
import type { Actor } from '../actor'
import { parseInput } from '../input'
import type { Result } from '../result'
import { whoIs } from './access'
import { DropInput, type QueueReport } from './schema'
import { wishFor } from './wish'

/** Gives waiting leads up: nobody else is asked, and what is not sold ends as a failure for this reason. */
export async function dropLeads(actor: Actor, input: unknown, tx?: Tx): Promise<Result<QueueReport>> {
  const parsed = parseInput(DropInput, input)
  if (!parsed.ok) return parsed
  const { leadIds, reason = '' } = parsed.value
  const why = reason === '' ? '' : `: ${reason}`
  const deed = () => ({
    outcome: 'dropped',
    action: 'queue.drop',
    reason: `Dropped by ${whoIs(actor)}${why}`,
    ...(reason !== '' && { more: { reason } }),
  })
  const set = { wish: 'drop' as const, ...(reason !== '' && { wishReason: reason }) }
  return wishFor(actor, leadIds, { set, deed }, tx)
}
