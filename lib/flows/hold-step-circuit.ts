import type { Tx } from '../../db/client'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { holdCircuit, targetOfStep } from '../breakers/index'
import type { CircuitView } from '../breakers/schema'
import { conflict, notFound } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { lockFlow, versionDocument } from './own-flow'
import { buyerSteps } from './rules'
import { HoldStepCircuitInput } from './schema'

/**
 * Holds the circuit of a step that is configured by hand open or closed, or lets it begin anew, at once and in all
 * processes. That of a connected buyer is the buyer's own.
 */
export async function holdStepCircuit(actor: Actor, input: unknown, tx?: Tx): Promise<Result<CircuitView>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(HoldStepCircuitInput, input)
  if (!parsed.ok) return parsed
  const { flowId, stepId, action } = parsed.value
  return transact(async (run) => {
    const found = await lockFlow(run, actor, flowId)
    if (!found.ok) return found
    const { id, accountId, draft } = found.value
    const live = await versionDocument(run, found.value, found.value.liveVersion)
    const step = [...(live ? buyerSteps(live) : []), ...buyerSteps(draft)].find((one) => one.id === stepId)
    if (!step) return err(notFound('Step'))
    if (step.connection.method === 'invite')
      return err(conflict('The circuit of a connected buyer is the buyer’s own. Pause the connection to stop leads.'))
    if (step.connection.method === 'email')
      return err(conflict('A mail is taken by Baton’s own outbox, so this step has no circuit.'))
    return ok(await holdCircuit(run, actor, { target: targetOfStep(accountId, id, stepId), action }))
  }, tx)
}
