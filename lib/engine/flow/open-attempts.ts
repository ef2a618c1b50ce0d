import type { Refused } from '../selling/reserve'
import type { Awaiting, Round, Run, Selling, StepResult } from '../types'
import { letGo, type Seller, sellTo } from './holdings'

type BuyerResult = Extract<StepResult, { type: 'buyer' }>

/** What is waited for: one attempt, or a question, or attempts that are open beside each other. */
export const openAttempts = ({ awaiting, selling }: Pick<Run, 'awaiting' | 'selling'>): readonly Awaiting[] =>
  awaiting ? [awaiting] : (selling?.open ?? [])

/**
 * Whether a buyer is asked beside others. In a replay it is not: who is asked in it depends on who has the lead by then.
 * Nor is one whose batch goes out: nobody is asked before it.
 */
const isBeside = (top: Seller, { again }: Run, { offer }: Awaiting): boolean =>
  top.type === 'distribution' && top.parallel === true && sellTo(top) > 1 && again === undefined && !offer?.goesOut

/** Opens an attempt: beside those that are open, or as the one that is waited for. */
export function openAttempt(top: Seller, run: Run, { turn }: Round, attempt: Awaiting): void {
  const { selling } = run
  if (selling && isBeside(top, run, attempt)) openBeside(run, selling, turn ? { ...attempt, turn } : attempt)
  else run.awaiting = attempt
}

function openBeside(run: Run, selling: Selling, attempt: Awaiting): void {
  const { from, eventIds } = selling.began ?? { from: run.results.length, eventIds: [] }
  const { eventId } = attempt
  selling.open = [...(selling.open ?? []), attempt]
  // One that is tried once more began with its first try.
  selling.began = { from, eventIds: eventIds.includes(eventId) ? eventIds : [...eventIds, eventId] }
}

/** An attempt is open no more. */
export function closeBeside(selling: Selling, { eventId }: Awaiting): void {
  const open = selling.open?.filter((one) => one.eventId !== eventId) ?? []
  if (open.length > 0) selling.open = open
  else delete selling.open
}

/** Writes what came of an attempt: those that were open beside each other in the order in which they began. */
export function writeResult({ results, selling }: Run, result: BuyerResult): void {
  const began = selling?.began
  const at = began && result.eventId !== undefined ? began.eventIds.indexOf(result.eventId) : -1
  if (!began || at < 0) return void results.push(result)
  const later = began.eventIds.slice(at + 1)
  const isLater = (one: StepResult) => one.type === 'buyer' && later.includes(one.eventId ?? '')
  const before = results.findIndex((one, index) => index >= began.from && isLater(one))
  results.splice(before < 0 ? results.length : before, 0, result)
}

/** Attempts that were not sent are made undone: what they held is given back, and their offers stand where they stood. */
export function takeBack(run: Run, attempts: readonly Awaiting[]): void {
  const { selling } = run
  if (!selling) return
  for (const attempt of attempts.toReversed()) {
    const { offer = { stepId: attempt.stepId }, turn, eventId } = attempt
    letGo(run, attempt)
    closeBeside(selling, attempt)
    if (selling.began && offer.eventId === undefined) {
      const { from, eventIds } = selling.began
      selling.began = { from, eventIds: eventIds.filter((one) => one !== eventId) }
    }
    selling.met = selling.met.filter((stepId) => stepId !== offer.stepId)
    const [round] = selling.rounds
    const isItsRound = round !== undefined && round.auction === undefined && round.turn?.owner === turn?.owner
    if (isItsRound) round.offers.unshift(offer)
    else selling.rounds.unshift({ offers: [offer], ...(turn && { turn }) })
  }
}

/**
 * Whether a buyer has no room for this lead only because an attempt that is open holds what it needs: it is asked about
 * again when that one ends.
 */
export function waitsForOpen(
  open: readonly Awaiting[] = [],
  { need }: Refused,
  claims: readonly { key: string }[],
): boolean {
  const isTaken = (attempt: Awaiting) =>
    need
      ? attempt.taken?.some(({ key, accountId }) => key === need.key && accountId === need.accountId)
      : claims.some(({ key }) => attempt.claims?.includes(key))
  return open.some(isTaken)
}
