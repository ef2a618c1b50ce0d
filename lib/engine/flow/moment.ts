import type { Effect, Run, Verdict } from '../types'
import type { CompiledFlow, CompiledSource } from './compiled'
import type { Ending } from './finish'

/** The moment at which a step is decided. `run` is a copy of one's own and is changed; `eventId` is free for use. */
export type Moment = { flow: CompiledFlow; source?: CompiledSource; run: Run; now: number; eventId: string }

/** What became of an attempt. `isLost`: the process that made it died. */
export type Concluded = { flow: CompiledFlow; run: Run; verdict: Verdict; now: number; isLost: boolean }

/**
 * What a decided step means for the lead: on to the next one, wait for an effect, wait for the attempts that are open,
 * or stop here.
 */
export type Decided =
  | { next: 'step' }
  | { next: 'effect'; effect: Effect }
  | { next: 'wait' }
  | { next: 'end'; ending: Ending }

export const goesOn: Decided = { next: 'step' }
export const waits: Decided = { next: 'wait' }
