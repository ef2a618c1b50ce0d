import { hourMs, minuteMs } from '../../time'
import { msOfWords } from '../shapes/duration'
import type { CircuitBreaker } from '../shapes/selling'
import { momentWords, zoneWords } from './hours'

/** When failures open a target's circuit, and for how long. `inARow`: an answer between them starts the count again. */
export type BreakerSettings = { threshold: number; windowMs: number; recoveryMs: number; inARow: boolean }

/** Whether calls may pass. `until` is when the next lead may try an open one, or when a try is taken for lost. */
export type Door =
  | { state: 'closed' }
  | { state: 'open'; since: number; until: number; failures: number; recoveryMs: number }
  | { state: 'probing'; since: number; until: number; failures: number; recoveryMs: number; eventId: string }

/**
 * What is known of a target by all who deliver to it. Plain data, kept in the database; times are Unix milliseconds.
 * `held` is a person's word, and stands above all that happens.
 */
export type Breaker = {
  /** Oldest first, as far back as any of its steps looks, and as many. */
  failures: number[]
  looksBackMs: number
  looksAt: number
  answeredAt?: number
  /** What came last instead of an answer, in words. */
  lastFailure?: string
  door: Door
  held?: 'open' | 'closed'
}

export type BreakerEvent =
  /** No usable answer came: refused, failed, or silent. */
  | { kind: 'failed'; eventId: string; settings: BreakerSettings; reason?: string }
  /** The target answered a lead, with yes or no. */
  | { kind: 'answered'; eventId: string }
  /** This attempt wants to try an open circuit; after `forMs` without a word it is taken for lost. */
  | { kind: 'probe'; eventId: string; forMs: number }
  | { kind: 'hold'; as: 'open' | 'closed' }
  | { kind: 'reset' }

/** As much is kept whoever asks, so that a step that looks further back finds what others saw. */
const least = { looksBackMs: hourMs, looksAt: 100 }

export const untouched: Breaker = { failures: [], ...least, door: { state: 'closed' } }

/** The names of who is called: a destination, whoever delivers there, or a step that is configured by hand. */
export const destinationTarget = (destinationId: string): string => `destination:${destinationId}`
export const stepTarget = (flowId: string, stepId: string): string => `step:${flowId}/${stepId}`

/** Where a step says nothing: a target that does nothing but fail is left alone for a minute. */
const unlessSaid: BreakerSettings = { threshold: 10, windowMs: minuteMs, recoveryMs: minuteMs, inARow: true }

/** The breaker of a step; `undefined` where its owner switched it off. */
export function breakerOf(said: CircuitBreaker | false | undefined): BreakerSettings | undefined {
  if (said === false) return undefined
  if (said === undefined) return unlessSaid
  return {
    threshold: said.failure_threshold,
    windowMs: msOfWords(said.time_window) ?? 0,
    recoveryMs: msOfWords(said.recovery_timeout) ?? 0,
    inARow: false,
  }
}

function counted({ failures, answeredAt = 0 }: Breaker, settings: BreakerSettings, now: number): number {
  const since = Math.max(now - settings.windowMs, settings.inARow ? answeredAt : 0)
  return failures.filter((at) => at > since).length
}

type Failed = Extract<BreakerEvent, { kind: 'failed' }>

function failed(breaker: Breaker, { settings, reason }: Failed, now: number): Breaker {
  // Steps that share a target may look back further than the one that failed here.
  const looksBackMs = Math.max(breaker.looksBackMs, settings.windowMs)
  const looksAt = Math.max(breaker.looksAt, settings.threshold)
  const failures = [...breaker.failures.filter((at) => at > now - looksBackMs), now].slice(-looksAt)
  const last = reason === undefined ? {} : { lastFailure: reason }
  const next: Breaker = { ...breaker, failures, looksBackMs, looksAt, ...last }
  const count = counted(next, settings, now)
  if (count < settings.threshold) return next
  const { recoveryMs } = settings
  return { ...next, door: { state: 'open', since: now, until: now + recoveryMs, failures: count, recoveryMs } }
}

const openAgain = ({ since, failures, recoveryMs }: Exclude<Door, { state: 'closed' }>, now: number): Door => ({
  state: 'open',
  since,
  until: now + recoveryMs,
  failures: failures + 1,
  recoveryMs,
})

/** What a probe says decides; whatever was under way when the circuit opened says nothing new. */
function heard(breaker: Breaker, event: Extract<BreakerEvent, { kind: 'failed' | 'answered' }>, now: number): Breaker {
  const { door } = breaker
  if (door.state === 'closed') {
    return event.kind === 'failed' ? failed(breaker, event, now) : { ...breaker, answeredAt: now }
  }
  if (door.state === 'open' || door.eventId !== event.eventId) return breaker
  if (event.kind === 'answered') return { ...untouched, answeredAt: now }
  const last = event.reason === undefined ? {} : { lastFailure: event.reason }
  return { ...breaker, ...last, door: openAgain(door, now) }
}

function probed(breaker: Breaker, { eventId, forMs }: Extract<BreakerEvent, { kind: 'probe' }>, now: number): Breaker {
  const { door } = breaker
  if (door.state === 'closed' || now < door.until) return breaker
  const { since, failures, recoveryMs } = door
  return { ...breaker, door: { state: 'probing', since, until: now + forMs, failures, recoveryMs, eventId } }
}

/** What a target's breaker is after an event. Pure: an event that changes nothing gives the same object back. */
export function moveBreaker(breaker: Breaker, event: BreakerEvent, now: number): Breaker {
  if (event.kind === 'hold') return { ...breaker, held: event.as }
  if (event.kind === 'reset') return untouched
  if (breaker.held) return breaker
  return event.kind === 'probe' ? probed(breaker, event, now) : heard(breaker, event, now)
}

/** `due`: it is open, and the next lead may try it. */
export type Standing = 'closed' | 'open' | 'due' | 'probing' | 'held open' | 'held closed'

export function standingOf({ door, held }: Breaker, now: number): Standing {
  if (held) return `held ${held}`
  if (door.state === 'closed') return 'closed'
  if (now >= door.until) return 'due'
  return door.state
}

/** Leads pass without a question. */
export const isPassable = (breaker: Breaker): boolean =>
  breaker.held === undefined ? breaker.door.state === 'closed' : breaker.held === 'closed'

const times = (count: number) => `${count} failure${count === 1 ? '' : 's'}`

/** "Circuit open after 5 failures, next try 14:05 Los Angeles"; `undefined` where leads may pass. */
export function breakerWords(breaker: Breaker, now: number, timeZone: string): string | undefined {
  const { door } = breaker
  const standing = standingOf(breaker, now)
  if (standing === 'held open') return 'Circuit held open by its owner'
  if (door.state === 'closed' || standing === 'held closed') return undefined
  const after = `after ${times(door.failures)}`
  if (standing === 'due') return `Circuit open ${after}, the next lead tries it`
  if (standing === 'probing') return `Circuit half open ${after}, another lead is trying it`
  return `Circuit open ${after}, next try ${momentWords(door.until, now, timeZone)} ${zoneWords(timeZone)}`
}
