import type { Tx } from '../../db/client'
import { transact } from '../../db/transact'
import { mayConfigure } from '../access'
import type { Actor } from '../actor'
import { holdCircuit, targetOfDestination } from '../breakers/index'
import type { CircuitView } from '../breakers/schema'
import { conflict } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { lockDestination } from './own-destination'
import { HoldDestinationCircuitInput } from './schema'

/**
 * Holds a destination's circuit open or closed, or lets it begin anew, for all sellers that deliver there, at once and in
 * all processes.
 */
export async function holdDestinationCircuit(actor: Actor, input: unknown, tx?: Tx): Promise<Result<CircuitView>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(HoldDestinationCircuitInput, input)
  if (!parsed.ok) return parsed
  const { id, action } = parsed.value
  return transact(async (run) => {
    const found = await lockDestination(run, actor, id)
    if (!found.ok) return found
    if (found.value.integration === 'email')
      return err(conflict('A mail is taken by Baton’s own outbox, so this destination has no circuit.'))
    return ok(await holdCircuit(run, actor, { target: targetOfDestination(actor.accountId, id), action }))
  }, tx)
}
