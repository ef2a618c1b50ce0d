import { env } from '../env'
import { once } from '../runtime'

type InFlight = { all: number; perAccount: Map<string, number>; whenIdle: (() => void)[] }

const inFlight = (): InFlight => once('runs-in-flight', () => ({ all: 0, perAccount: new Map(), whenIdle: [] }))

/**
 * Takes a place for a run, or answers `undefined` when this process or the account has as many as it may. Refusing
 * here, before commit 1, is what keeps a buyer that hangs from taking the memory of everyone else.
 * @returns the function that gives the place back.
 */
export function admit(accountId: string): (() => void) | undefined {
  const held = inFlight()
  const ofAccount = held.perAccount.get(accountId) ?? 0
  if (held.all >= env().BATON_RUNS_MAX || ofAccount >= env().BATON_RUNS_MAX_PER_ACCOUNT) return undefined
  held.all++
  held.perAccount.set(accountId, ofAccount + 1)
  return () => {
    held.all--
    const left = (held.perAccount.get(accountId) ?? 1) - 1
    if (left > 0) held.perAccount.set(accountId, left)
    else held.perAccount.delete(accountId)
    if (held.all === 0) for (const resolve of held.whenIdle.splice(0)) resolve()
  }
}

/** Runs under way in this process: for metrics and for a drain. */
export const runsInFlight = (): number => inFlight().all

/** Resolves when no run is under way in this process. */
export const runsDone = (): Promise<void> =>
  new Promise((resolve) => {
    const held = inFlight()
    if (held.all === 0) resolve()
    else held.whenIdle.push(resolve)
  })
