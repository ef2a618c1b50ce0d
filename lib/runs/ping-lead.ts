import { randomBytes } from 'node:crypto'
import { pool } from '../../db/client'
import {
  type Ask,
  bidForSource,
  claimsOf,
  type Effect,
  reserve,
  type TypedLead,
  usualBidSeconds,
} from '../engine/index'
import { unavailable } from '../errors'
import { log } from '../log'
import { err, ok, type Result } from '../result'
import { once } from '../runtime'
import { secondMs } from '../time'
import { admit } from './admission'
import { answerQuestion } from './answer-question'
import { asJson } from './as-json'
import { askForBids } from './ask-for-bids'
import { type Batcher, createBatcher } from './batcher'
import { type CarriedRun, toldBy } from './bids'
import { eventIdFor } from './event-id'
import type { Job } from './job'
import { isOneRows } from './journal'
import { noteSettled } from './perform'
import { pingRows } from './ping-rows'
import { countersOf } from './reserve-batch'
import { eventTexts, payloadTexts } from './row-texts'
import type { Settled } from './rows'
import * as statement from './statements'
import { asked, step, takeGrant } from './step'
import { prepare, type Submission } from './submit'
import { write } from './write'

/** What a source is told of its ping: a bid with the id that its lead is to name, or why there is none. */
export type PingAnswer =
  | { outcome: 'success'; priceCents: number; bidId: string; expiresAt: number }
  | { outcome: 'failure'; reason: string }

const full = unavailable('Too many leads are being processed. Ask again.', 1)
const notKept = unavailable('The bid could not be kept. Ask again.', 2)

/** Who has room now, by the limits of buyers too. Nobody's place is taken by asking. */
async function peek(job: Job, ask: Ask) {
  const { sql } = pool()
  const { accountId } = job.flow.flow
  const [counters, claims] = [countersOf(job, ask), claimsOf(ask)]
  const [owners, keys] = [counters.map((counter) => counter.account_id), counters.map(({ key }) => key)]
  type CounterRow = { key: string; used: string }
  type ClaimRow = { key: string; at: string }
  const [used, claimed] = await Promise.all([
    keys.length > 0 ? sql.unsafe<CounterRow[]>(statement.peekCounters, [owners, keys], { prepare: true }) : [],
    claims.length > 0 ? sql.unsafe<ClaimRow[]>(statement.peekClaims, [accountId, claims], { prepare: true }) : [],
  ])
  const usedOf = new Map([...used].map((row) => [row.key, Number(row.used)]))
  const claimedAt = new Map([...claimed].map((row) => [row.key, Number(row.at)]))
  return reserve(ask, { used: (key) => usedOf.get(key) ?? 0, claimedAt: (key) => claimedAt.get(key) })
}

type Asked = Exclude<Effect, { kind: 'settle' | 'hold' }>

/** Nothing is taken, sent or sold for a ping but the pings of buyers: who would get the lead is taken to take it. */
async function answerTo(job: Job, effect: Asked): Promise<Effect | undefined> {
  const { eventId } = effect
  if (effect.kind === 'ping') return askForBids(job, effect)
  if (effect.kind === 'reserve') return takeGrant(job, await peek(job, asked(job).ask), eventId)
  // Where the database does not answer, a ping is refused: nothing of it has to be finished.
  const finding = effect.kind === 'check' ? await answerQuestion(job) : undefined
  const common = { eventId, now: Date.now(), nextEventId: eventIdFor(job.run) }
  if (finding) return step(job, { kind: 'checked', finding, ...common })
  return step(job, { kind: 'answered', verdict: { outcome: 'accepted' }, ...common })
}

type BidRow = {
  id: string
  account_id: string
  source_id: string
  is_test: boolean
  price_cents: number
  run: CarriedRun
  expires_at: string
}
type Saved = Pick<Settled, 'events' | 'payloads'> & { bids: BidRow[] }

const savePings = async (all: Saved[]): Promise<undefined[]> => {
  const [events, payloads, bids] = [
    all.flatMap((one) => one.events),
    all.flatMap((one) => one.payloads),
    all.flatMap((one) => one.bids),
  ]
  await write(pool().sql, statement.savePings, eventTexts.text(events), payloadTexts.text(payloads), asJson(bids))
  return all.map(() => undefined)
}

/** Pings that end at the same time share a commit. */
const saved = (): Batcher<Saved, undefined> =>
  once(
    'source-pings',
    () => createBatcher(savePings, { most: 100, flushers: 2, isOneItems: isOneRows }),
    (made) => made.drained(),
  )

/** @param lead as it was told: steps may have set fields of it since. */
async function offer(job: Job, lead: TypedLead): Promise<PingAnswer> {
  const { run, flow, source, compiled } = job
  const bid = bidForSource(compiled, source.compiled, run)
  const expiresAt = run.receivedAt + (source.settings.pings?.valid_seconds ?? usualBidSeconds) * secondMs
  const told = toldBy(run.leadId, { fields: compiled.document.fields, lead })
  const carried: CarriedRun = { told, ...(run.bids && { bids: run.bids }) }
  const made = {
    id: run.leadId,
    account_id: flow.flow.accountId,
    source_id: source.id,
    is_test: run.isTest,
    run: carried,
    expires_at: new Date(expiresAt).toISOString(),
  }
  const isBid = 'priceCents' in bid
  await saved().add({
    ...pingRows(job, { bid, expiresAt, fields: Object.keys(lead).toSorted() }),
    bids: isBid ? [{ ...made, price_cents: bid.priceCents }] : [],
  })
  noteSettled(job)
  if (!isBid) return { outcome: 'failure', reason: bid.reason }
  return { outcome: 'success', priceCents: bid.priceCents, bidId: run.leadId, expiresAt }
}

/**
 * Makes a source a bid for a lead that it tells a part of. Nothing is sold and nothing is taken: the flow is gone through
 * as for a lead, buyers that bid are pinged, and the bid is kept, in any process's reach, until it expires. Refuses as
 * `submitLead` does (`unavailable`): then nothing was kept.
 */
export async function pingLead(submission: Omit<Submission, 'isPing' | 'bidId'>): Promise<Result<PingAnswer>> {
  const leave = admit(submission.flow.flow.accountId)
  if (!leave) return err(full)
  try {
    const job = await prepare({ ...submission, isPing: true }, randomBytes(32))
    job.oneByOne = true
    const { lead } = job.run
    let effect = step(job, { kind: 'start', now: job.run.receivedAt, nextEventId: eventIdFor(job.run) })
    while (effect && effect.kind !== 'settle' && effect.kind !== 'hold') effect = await answerTo(job, effect)
    return ok(await offer(job, lead))
  } catch (error) {
    log.error({ err: error }, 'a ping could not be answered')
    return err(notKept)
  } finally {
    leave()
  }
}
