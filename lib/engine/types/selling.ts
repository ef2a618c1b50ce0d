import type { Captured } from '../schema'
import type { Taken, Turn } from '../selling/reserve'
import type { TraceEntry } from './rules'
import type { Verdict } from './verdict'

/** Why a buyer that might have got the lead was not asked; `trace` has what was compared, where anything was. */
export type Considered = {
  stepId: string
  name: string
  recipient: string
  reason: string
  via?: Via
  /** The step in whose place it stood. */
  of?: string
  trace?: TraceEntry[]
}

/** How a buyer comes to a lead that was first another one's. */
export type Via = 'overflow' | 'alternate' | 'remediation' | 'failover' | 'reassigned'

/** A request that carries several leads, and the place of one of them in it, from 1. Its id is the idempotency key of all its tries. */
export type InBatch = { id: string; size: number; position: number }

/** A buyer that is still to be asked. */
export type Offer = {
  stepId: string
  via?: Via
  /** The step in whose place it stands. */
  of?: string
  /** An attempt that was tried before, and how often: the next try is of the same attempt. */
  eventId?: string
  tries?: number
  /** Tries that a failover allows. */
  most?: number
  businessHoursOnly?: true
  /** What happened in earlier tries, and when the first began. */
  trace?: TraceEntry[]
  firstAt?: number
  /** What a try that the buyer may have taken holds still: the next one takes nothing more. */
  kept?: Holding
  /** When it was collected for a batch. */
  collectedAt?: number
  /** Its batch goes out now. */
  goesOut?: true
  /** The batch that failed as a whole: it is tried again with it. */
  batchId?: string
}

/** Buyers among whom one is chosen by order or by turn. `auction` is the distribution whose bids say the order. */
export type Round = { offers: Offer[]; turn?: Turn; auction?: string }

/**
 * What a buyer said when it was pinged: its bid with the reference it gave, or why it made none. `by` is the buyer, as the
 * `claimOwner` of its step.
 */
export type Bid = { by?: string } & (
  | { priceCents: number; eventId: string; reference?: string; captured?: Record<string, Captured> }
  | { refused: string }
)

/** What came of one ping. `withinMs` is how long the bid was waited for; an `assumed` one was never sent. */
export type PingAnswer = {
  stepId: string
  eventId: string
  verdict: Verdict
  startedAt: number
  endedAt: number
  withinMs: number
  assumed?: true
}

/** What a lead waits for: its buyer opens, its cap has room, the next try after a failure, its buyer works again, or its batch is full. */
export type WaitCause = 'hours' | 'cap' | 'retry' | 'breaker' | 'batch'

/** A buyer that could take the lead later; `turn` where it takes turns with others. */
export type Wait = { offer: Offer; at: number; reason: string; cause?: WaitCause; turn?: Turn }

/** A batch that a lead goes out with: that of a step, at `most` leads or at a moment; or one that failed, by its id. */
export type Collecting = { stepId: string; at: number } & ({ most: number } | { batchId: string })

/** An attempt that was reserved, or a question that was asked, and has no answer yet. */
export type Awaiting = {
  /** Of a buyer step where it says nothing. */
  type?: 'lookup' | 'duplicate_check' | 'suppression'
  stepId: string
  eventId: string
  startedAt: number
  trace: TraceEntry[]
  /** How a buyer came to the lead. */
  offer?: Offer
  batch?: InBatch
  /** Whom it took its turn among, where others are open beside it. */
  turn?: Turn
} & Holding

/** A buyer step or a distribution under way. */
export type Selling = {
  stepId: string
  startedAt: number
  rounds: Round[]
  sold: string[]
  perhaps: string[]
  considered: Considered[]
  waits: Wait[]
  /** What it holds at buyers that it is collected for, by step. */
  collected?: Record<string, Holding>
  /** Steps that were asked or ruled out: nobody is asked twice by two ways. */
  met: string[]
  /** Nobody waits any more. */
  givenUp?: true
  /** The buyer whose rules let nobody else have the lead. */
  endedBy?: string
  /** When a held lead went on: its time budget begins anew. */
  resumedAt?: number
  /** Attempts that are open beside each other, where several are asked at once; not there while none is. */
  open?: Awaiting[]
  /** The attempts so made, by event id, as they began since `results` stood at `from`: the log has them in that order. */
  began?: { from: number; eventIds: string[] }
}

/** What an attempt holds: counters, and the contacts that it claims. */
export type Holding = { taken?: Taken[]; claims?: string[] }
export type Moves = { counters: Taken[]; claims: string[] }
