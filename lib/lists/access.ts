import { type Actor, hasRole } from '../actor'
import { forbidden } from '../errors'
import { err, ok, type Result } from '../result'

/** Lists serve the rules of flows: they belong to accounts that sell, and members keep them. */
export function mayKeepLists(actor: Actor): Result<true> {
  if (actor.plan !== 'full') return err(forbidden('Lists need an account on the full plan.'))
  return hasRole(actor, 'member')
    ? ok(true)
    : err(forbidden('Viewers can look, but not change anything. Ask an admin for another role.'))
}
