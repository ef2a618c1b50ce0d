import { subscribe } from '../../db/client'
import { log } from '../log'
import { once } from '../runtime'

type Hear = () => void
type Hub = Map<string, Set<Hear>>

/** All pages of a process share one LISTEN; each notice goes to those of its account. */
const hub = (): Hub =>
  once('live-hub', () => {
    const made: Hub = new Map()
    const tell = (accountId: string) => {
      for (const hear of made.get(accountId) ?? []) hear()
    }
    const tellAll = () => {
      for (const accountId of made.keys()) tell(accountId)
    }
    subscribe('baton_live', tell, tellAll).catch((error: unknown) => log.error({ err: error }, 'live updates are off'))
    return made
  })

/**
 * Calls `hear` when the account's log grew, at most a few times a second; also after the connection was lost, when
 * something may have been missed.
 * @returns the function that ends it.
 */
export function listenForEvents(accountId: string, hear: Hear): () => void {
  const held = hub()
  const ofAccount = held.get(accountId) ?? new Set<Hear>()
  held.set(accountId, ofAccount)
  ofAccount.add(hear)
  return () => {
    ofAccount.delete(hear)
    if (ofAccount.size === 0) held.delete(accountId)
  }
}
