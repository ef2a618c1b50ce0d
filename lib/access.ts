import { type Actor, hasRole } from './actor'
import { forbidden } from './errors'
import { err, ok, type Result } from './result'

/** Viewers read; to change a configuration takes a member. */
export const mayConfigure = (actor: Actor): Result<true> =>
  hasRole(actor, 'member')
    ? ok(true)
    : err(forbidden('Viewers can look, but not change anything. Ask an admin for another role.'))

/** Flows, sources, lists and invitations belong to accounts that sell. `what`, for the refusal: "Lists". */
export function maySell(actor: Actor, what = 'Flows'): Result<true> {
  if (actor.plan !== 'full')
    return err(forbidden(`This account receives leads only. ${what} need an account on the full plan.`))
  return mayConfigure(actor)
}
