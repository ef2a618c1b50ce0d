import type { Executor } from '../../db/client'
import { lookupsOf, type RuleResources } from '../engine/index'
import { ruleLists } from '../lists/index'
import { locatePlaces } from '../places/index'

/**
 * What the rules and steps in these documents look things up in: lists of the account, and the table of postal codes where a
 * distance is asked for.
 */
export async function resourcesFor(
  exec: Executor,
  accountId: string,
  documents: readonly unknown[],
): Promise<RuleResources> {
  const { places, ...named } = lookupsOf(documents)
  const [found, locate] = await Promise.all([ruleLists(exec, accountId, named), places ? locatePlaces() : undefined])
  return { lists: found, ...(locate && { locate }) }
}
