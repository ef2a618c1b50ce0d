import type { Result } from '../lib/result'
import { db, type Tx } from './client'

/** Runs a verb's work in one transaction (a savepoint of the caller's, when there is one). A refusal undoes all of it. */
export async function transact<T>(work: (tx: Tx) => Promise<Result<T>>, tx?: Tx): Promise<Result<T>> {
  let refused: Result<T> | undefined
  try {
    return await (tx ?? db()).transaction(async (inner) => {
      const result = await work(inner)
      if (result.ok) return result
      refused = result
      return inner.rollback()
    })
  } catch (error) {
    if (refused) return refused
    throw error
  }
}
