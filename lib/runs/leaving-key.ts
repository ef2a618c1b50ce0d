import type { Effect } from '../engine/index'

/** What leaves the house, and must not before the run names it. */
export type Leaving = Extract<Effect, { kind: 'attempt' | 'ping' }>

/** How a run that is saved names what leaves the house next. */
export const leavingKey = (effect: Leaving): string =>
  effect.kind === 'ping' ? `pings ${effect.eventId}` : `${effect.stepId} ${effect.eventId}`

/** The key of what leaves the house, for an effect that may be something else. */
export const keyOfLeaving = (effect: Effect | undefined): string | undefined =>
  effect?.kind === 'attempt' || effect?.kind === 'ping' ? leavingKey(effect) : undefined
