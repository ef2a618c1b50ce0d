import type { Ask, Reserved, Taken } from '../selling/reserve'
import type { ComparedValue, LeadKey, TypedLead } from './lead'
import type { StepResult } from './results'
import type { TraceEntry } from './rules'
import type { Awaiting, Bid, Collecting, InBatch, Moves, PingAnswer, Selling, WaitCause } from './selling'
import type { Verdict } from './verdict'

/** What a step must know of the account's own data before it can decide. The shell answers with a `Finding`. */
export type Question =
  | {
      kind: 'duplicate'
      keys: (ComparedValue & { key: LeadKey['kind'] })[]
      match: 'any' | 'all'
      scope: 'flow' | 'source' | 'account'
      against: 'received' | 'accepted'
      /** Leads that came before this one by no more than this; 0 is without limit. */
      windowMs: number
    }
  | { kind: 'suppression'; listId: string; values: ComparedValue[] }

/** What there is: an earlier lead, or fields whose values stand on the list. */
export type Finding =
  | { kind: 'none' }
  | { kind: 'found'; fields: string[]; leadId?: string; at?: number; inProgress?: boolean }
  | { kind: 'missing'; reason: string }

/** A buyer step that failed, and the step of the flow that it belongs to. */
export type Failed = { stepId: string; unit: string }

/** A lead that is tried again after it had ended: by which steps, and as what it was counted before. */
export type Replay = {
  steps: Failed[]
  was: { outcome: string; costCents: number; ms: number }
  /** When it began. */
  at?: number
}

/** A lead under way. Plain data: it is saved in commit 1 and taken up again by recovery. */
export type Run = {
  leadId: string
  isTest: boolean
  receivedAt: number
  /** 1 to 100, drawn once per lead. */
  random: number
  lead: TypedLead
  /** Only a bid is wanted: nothing is sold, and what is not told yet is not held against the lead. */
  isPing?: true
  /** The bid that the source was made before and that it is paid; or why it does not hold. */
  bid?: { id: string; priceCents: number } | { id: string; refused: string }
  /** Names of the fields that steps have set since the lead came in. */
  changed?: string[]
  submission: { ip: string; userAgent: string }
  source: { id: string; name: string }
  /** Index of the step that is next or under way. */
  at: number
  awaiting?: Awaiting
  /** The buyer step or distribution under way. */
  selling?: Selling
  /** Set while the counters are asked who may have the lead. */
  asking?: { eventId: string }
  /** Set while buyers are asked for their bids. */
  pinging?: { eventId: string }
  /** Why it ends as soon as the attempts that are open have. */
  stopping?: string
  /** What buyers bid, by step. */
  bids?: Record<string, Bid>
  /** Set where the lead had ended before, and is tried again. */
  again?: Replay
  /** What it waited for in vain, longer than a lead may wait. */
  expired?: Failed[]
  /** When it was given up or stopped. */
  endedAt?: number
  /** A person has given it up. */
  dropped?: true
  /** Taken for the lead itself, from caps of its flow and source. */
  holds?: Taken[]
  /** Counters to move and claims to let go with the next commit. */
  moves?: Moves
  results: StepResult[]
  trace: TraceEntry[]
  /** What steps left behind, by step key and name: `appended.<key>.<name>` in rules and templates of later steps. */
  appended: Record<string, Record<string, unknown>>
  state: 'open' | 'held' | 'done'
  status: 'processing' | 'pending' | 'final'
  outcome?: 'success' | 'failure' | 'error'
  reason?: string
  /** What the source is paid. */
  costCents: number
  /** What all buyers pay together. */
  revenueCents: number
}

/** `nextEventId` names the attempt that this event may lead to; it stays unused when there is none. */
export type RunEvent =
  | { kind: 'start'; now: number; nextEventId: string }
  /**
   * The configuration changed between decision and sending, or the buyer's circuit opened: decide the same step again.
   * What was not tried yet keeps its event id. `eventIds`: of the attempts that are open, those that were not sent; all
   * unless said.
   */
  | { kind: 'redecide'; now: number; nextEventId?: string; eventIds?: readonly string[] }
  /** Beside the attempts that are open, another one may be made. */
  | { kind: 'more'; now: number; nextEventId: string }
  /** `own`: of a batch whose answer says of each lead what became of it. */
  | {
      kind: 'answered'
      eventId: string
      verdict: Verdict
      now: number
      nextEventId: string
      luck?: number
      own?: boolean
    }
  /** The open attempt has its place in a batch that is about to go out. */
  | { kind: 'batched'; eventId: string; batch: InBatch; now: number }
  /** What the account's own data say to a step that asked. */
  | { kind: 'checked'; eventId: string; finding: Finding; now: number; nextEventId: string }
  /**
   * The process that had the run died: an awaited attempt is `unknown`, whatever happened, a look-up an error, and what
   * was only asked of our own data is asked again.
   */
  | { kind: 'lost'; now: number; nextEventId: string }
  /** Every buyer that was pinged has answered, or had the time to. */
  | { kind: 'pinged'; eventId: string; answers: PingAnswer[]; now: number; nextEventId: string }
  /** The counters said who may have the lead, and what was taken for it is durable with this event. */
  | { kind: 'reserved'; eventId: string; reserved: Reserved; now: number; nextEventId: string }
  /**
   * A held lead may go on: with the buyers that are due, with `all` that it waits for, or with the buyer step `to` that a
   * person chose; if that one does not take it, it waits on for the others. Who collects it for a batch is asked when that
   * goes out: `batch` is its step.
   */
  | { kind: 'resume'; now: number; nextEventId: string; all?: boolean; to?: string; batch?: string }
  /** A held lead is given up: nobody waits for it any more. `ends`: no later step is to have it either. */
  | { kind: 'drop'; reason: string; now: number; nextEventId: string; ends?: boolean }
  /**
   * Its flow or source was switched off: nothing more is sent, what was sold stays sold. `eventIds`: of the attempts that
   * are open, those that were not sent; all unless said. The answers to the others are waited for.
   */
  | { kind: 'stop'; reason: string; now: number; eventIds?: readonly string[] }

/**
 * What the shell must do: ask buyers for their bids, all at once, ask the counters, make an attempt (of a buyer step or a look-up) durable and send it, ask the
 * account's own data what a step wants to know, put the lead aside until a moment, or settle the run.
 */
export type Effect =
  | { kind: 'attempt'; stepId: string; eventId: string }
  | { kind: 'check'; stepId: string; eventId: string }
  | { kind: 'ping'; eventId: string; stepIds: string[]; withinMs: number }
  | { kind: 'reserve'; ask: Ask; eventId: string }
  | {
      kind: 'hold'
      until: number
      reason: string
      stepId: string
      cause?: WaitCause
      /** What comes first is a batch that goes out. */
      inBatch?: true
      /** The batches that it is collected for. */
      collects?: Collecting[]
    }
  | { kind: 'settle' }
