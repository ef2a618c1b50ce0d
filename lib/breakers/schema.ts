import { z } from 'zod'

/** What a person may do with a circuit: leave it open, let everything pass, or let it decide by itself again. */
export const circuitActions = ['hold_open', 'hold_closed', 'reset'] as const
export const CircuitAction = z.enum(circuitActions)
export type CircuitAction = z.infer<typeof CircuitAction>

export const circuitStandings = ['closed', 'open', 'due', 'probing', 'held_open', 'held_closed'] as const

/** How a circuit stands; times are ISO 8601. `words` say why a lead would not pass; null where it would. */
export type CircuitView = {
  standing: (typeof circuitStandings)[number]
  words: string | null
  /** Failures that count by now, or that opened it. */
  failures: number
  openSince: string | null
  nextTryAt: string | null
  /** What came last instead of an answer: for the target's owner only. */
  lastFailure?: string
}

/** A circuit that lets not every lead pass: whose it is, why, and where to look. */
export type OpenCircuit = { name: string; words: string; href: string }
