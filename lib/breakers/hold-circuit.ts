import type { Tx } from '../../db/client'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import type { BreakerEvent } from '../engine/index'
import { changeBreaker } from './change'
import { timeZoneOf, viewCircuit } from './queries'
import type { CircuitAction, CircuitView } from './schema'
import type { Target } from './target'

const events: Record<CircuitAction, BreakerEvent> = {
  hold_open: { kind: 'hold', as: 'open' },
  hold_closed: { kind: 'hold', as: 'closed' },
  reset: { kind: 'reset' },
}

/** `hold_open` → `circuit.hold-open` */
const auditWord = (action: CircuitAction) => `circuit.${action.replace('_', '-')}`

/**
 * Holds a circuit open or closed, or lets it begin anew. Whoever calls has made sure that the target is the actor's;
 * all processes know it with the transaction's end. Audited.
 */
export async function holdCircuit(
  tx: Tx,
  actor: Actor,
  { target, action }: { target: Target; action: CircuitAction },
): Promise<CircuitView> {
  const { before, after, nowMs } = await changeBreaker(tx, target, [events[action]])
  const timeZone = await timeZoneOf(tx, actor.accountId)
  const viewOf = (breaker: typeof after) => viewCircuit(breaker, nowMs, timeZone, true)
  const [was, is] = [viewOf(before), viewOf(after)]
  const [kind = '', id = ''] = target.key.split(/:(.*)/s)
  await recordAudit(tx, actor, {
    action: auditWord(action),
    subjectKind: kind,
    subjectId: id,
    before: { standing: was.standing },
    after: { standing: is.standing },
  })
  return is
}
