import type postgres from 'postgres'
import {
  type AttemptEnd,
  decideAttempt,
  failedSteps,
  type Run,
  replayable,
  type StepTarget,
  undecided,
} from '../engine/index'
import type { LoadedFlow } from '../flows/index'
import { asJson } from './as-json'
import type { SavedState } from './job'
import { queueNotices } from './notices'
import { processSlot } from './owner'
import { giveBack, lockMoves } from './reserve-batch'
import { decidedRows } from './rollup'
import { rollupTexts } from './row-texts'
import * as statement from './statements'
import { write } from './write'

type Tx = postgres.TransactionSql
type Deciding = { accountId: string; leadId: string; eventId: string; end: AttemptEnd }
type Decided = NonNullable<ReturnType<typeof decideAttempt>>

/** What was saved of a run, with what the decision made of it. */
const savedAs = (saved: SavedState, { lead: _, moves: __, ...run }: Run): SavedState => ({ ...saved, run })

/** The attempt and the lead, for each side that has them. Answers where it was delivered. */
async function writeSides(tx: Tx, { accountId, leadId, eventId, end }: Deciding, { run, is }: Decided) {
  const entry = { kind: 'delivery', passed: end.accepted, text: end.words }
  const price = end.accepted ? end.priceCents : null
  const sides = await write(tx, statement.decideEvent, eventId, is.outcome, is.reason ?? null, price, asJson([entry]))
  const ending = [run.status, run.outcome ?? null, run.reason ?? null, run.costCents, run.revenueCents]
  await write(tx, statement.decideLead, leadId, ...ending)
  const connectionId = sides.find((row) => row['account_id'] === accountId)?.['connection_id'] as string | null
  const buyerAccountId = sides.find((row) => row['account_id'] !== accountId)?.['account_id'] as string | undefined
  if (buyerAccountId) {
    const outcome = end.accepted ? 'success' : 'failure'
    await write(tx, statement.decideBuyersLead, leadId, buyerAccountId, outcome, is.reason ?? null, is.priceCents)
  }
  const target: StepTarget | undefined = connectionId
    ? { active: true, recipient: is.recipient, connectionId, ...(buyerAccountId && { buyerAccountId }) }
    : undefined
  return { target, buyerAccountId }
}

/** Other attempts of the lead whose end nobody knows. */
async function writeUndecided(tx: Tx, { leadId, eventId }: Deciding, saved: SavedState, run: Run) {
  await tx`delete from undecided_attempts where event_id = ${eventId}`
  if (undecided(run).length === 0) await tx`delete from undecided_leads where lead_id = ${leadId}`
  else await tx`update undecided_leads set state = ${JSON.stringify(savedAs(saved, run))} where lead_id = ${leadId}`
}

/** The lead may be tried again by fewer steps now, or by none; where it may not at all, this changes nothing. */
async function writeDeadLetter(
  tx: Tx,
  leadId: string,
  saved: SavedState,
  steps: ReturnType<typeof failedSteps>,
  run: Run,
) {
  const state = { ...savedAs(saved, replayable(run, steps)), version: 'live' }
  if (steps.length === 0) await tx`delete from dead_letters where lead_id = ${leadId}`
  else await tx`update dead_letters set state = ${JSON.stringify(state)} where lead_id = ${leadId}`
}

/**
 * Settles what a person says became of an attempt, in the caller's transaction, which holds the lead's rows: the attempt,
 * the lead's end, its money, its counts and what it held, for both sides. The source's webhook is told the end.
 * @param state the run as it was kept at its end. @param flow in the version that it ended on.
 * @returns the buyer's account where it has one; `undefined` where the flow is gone, or the attempt is decided already.
 */
export async function settleDecision(
  tx: Tx,
  deciding: Deciding,
  state: string,
  flow: LoadedFlow,
): Promise<{ buyerAccountId: string | undefined } | undefined> {
  const { accountId, leadId, eventId, end } = deciding
  const saved = JSON.parse(state) as SavedState
  const before: Run = { ...saved.run, lead: {} }
  const source = flow.sources.get(before.source.id)
  const compiled = flow.live?.version === saved.version ? flow.live.compiled : undefined
  if (!compiled || !source) return undefined
  const decided = decideAttempt(compiled, source.compiled, before, eventId, end)
  if (!decided) return undefined
  const { run, was, is } = decided
  await lockMoves(tx, [{ accountId, moves: run.moves }])
  const { target, buyerAccountId } = await writeSides(tx, deciding, decided)
  const counts = decidedRows(
    { accountId, flowId: saved.flowId, target },
    { run: before, result: was },
    { run, result: is },
  )
  await write(tx, statement.countAgain, rollupTexts.text(counts), processSlot())
  if (run.moves) await giveBack(tx, { accountId, leadId }, run.moves)
  await writeUndecided(tx, deciding, saved, run)
  await writeDeadLetter(tx, leadId, saved, run.dropped ? [] : failedSteps(compiled, run), run)
  if (run.status === 'final') await queueNotices(tx, [{ sourceId: run.source.id, leadId }])
  return { buyerAccountId }
}
