import { type Actor, hasRole } from '../actor'
import { forbidden } from '../errors'
import { err, ok, type Result } from '../result'

/** The queue belongs to accounts that sell. Everybody in them may look; to act takes a member. */
export function mayWorkQueue(actor: Actor): Result<true> {
  if (actor.plan !== 'full') return err(forbidden('The queue needs an account on the full plan.'))
  return hasRole(actor, 'member')
    ? ok(true)
    : err(forbidden('Viewers can look, but not change anything. Ask an admin for another role.'))
}

/** Who did it, in words for a lead's log. */
export const whoIs = ({ userName, via }: Actor): string => userName ?? (via === 'api-key' ? 'an API key' : 'Baton')
