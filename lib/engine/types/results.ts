import type { TraceEntry } from './rules'
import type { Considered, Holding, InBatch, Via } from './selling'
import type { Verdict } from './verdict'

export type AttemptOutcome = Verdict['outcome'] | 'skipped'
export type FilterOutcome = 'continue' | 'stop' | 'error'

/** `pending`: somebody may have it, and nobody surely. */
export type DistributionOutcome = 'sold' | 'unsold' | 'pending'

export type LookupOutcome = 'success' | 'failure' | 'error' | 'skipped'

export type PingOutcome = 'bid' | 'no_bid' | 'error'

/** What one step did with the lead. Filters carry no event id of the engine's: the shell names them when it writes. */
export type StepResult =
  | {
      type: 'filter'
      stepId: string
      name: string
      outcome: FilterOutcome
      reason?: string
      startedAt: number
      endedAt: number
      trace: TraceEntry[]
    }
  | {
      type: 'buyer'
      stepId: string
      name: string
      recipient: string
      eventId?: string
      /** The distribution that it belongs to. */
      within?: string
      via?: Via
      /** The step in whose place it stood. */
      of?: string
      /** How often it was tried, where it was more than once. */
      tries?: number
      /** The request that it shared with other leads. */
      batch?: InBatch
      outcome: AttemptOutcome
      reason?: string
      verdict?: Verdict
      /** What an attempt holds of which nobody knows the end. */
      held?: Holding
      /** What this sale earns: 0 unless accepted. */
      priceCents: number
      startedAt: number
      endedAt: number
      trace: TraceEntry[]
    }
  /**
   * `considered`: everybody who might have got the lead and was not asked, and why not. `order`: all its buyers as they
   * were asked or ruled out, one after the other.
   */
  | ({ type: 'distribution'; outcome: DistributionOutcome; considered: Considered[]; order: string[] } & Told)
  /** A buyer was asked for its bid. `within` is the distribution; a ping sells nothing. */
  | ({
      type: 'ping'
      recipient: string
      eventId: string
      within?: string
      outcome: PingOutcome
      verdict: Verdict
      /** What it bids, where it does. */
      bidCents?: number
    } & Told)
  | ({ type: 'mapping'; outcome: 'success' | 'skipped' } & Told)
  | ({ type: 'lookup'; outcome: LookupOutcome; eventId?: string; verdict?: Verdict } & Told)
  | ({ type: 'duplicate_check' | 'suppression'; outcome: FilterOutcome; eventId?: string } & Told)

type Told = {
  stepId: string
  name: string
  reason?: string
  startedAt: number
  endedAt: number
  trace: TraceEntry[]
}
