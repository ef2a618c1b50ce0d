import type postgres from 'postgres'
import { claimsOf, type Effect, type Need, reserve, type Taken } from '../engine/index'
import { once } from '../runtime'
import { secondMs } from '../time'
import type { Job } from './job'
import { place } from './reserve-batch'
import { type RoomRow, roomTexts, type TakenRow, takenTexts } from './row-texts'
import * as statement from './statements'
import { asked, takeGrant } from './step'
import { write } from './write'

/** Counters that lately had no room for a batch, until when they are asked first. */
const tight = () => once('tight-counters', () => new Map<string, number>())
const tightMs = secondMs
const mostTight = 10_000

const roomEverywhere = { used: () => Number.NEGATIVE_INFINITY, claimedAt: () => undefined }

/** Whether nothing but limits decides who gets a lead: no contact that is claimed, and nobody's turn. */
const asksForRoom = (job: Job): boolean => {
  const { ask } = asked(job)
  return ask.turn === undefined && job.run.moves === undefined && claimsOf(ask).length === 0
}

type Guess = { room: Map<string, RoomRow>; taken: TakenRow[]; effects: Map<string, Effect> }

function addLimit(room: Guess['room'], accountId: string, { key, limit }: Need): void {
  const at = place(accountId, key)
  const most = Math.min(limit, room.get(at)?.most ?? limit)
  room.set(at, { account_id: accountId, key, most, delta: room.get(at)?.delta ?? 0 })
}

function addTaken({ room, taken }: Guess, { run, flow }: Job, moved: readonly Taken[]): void {
  for (const { key, delta, accountId = flow.flow.accountId } of moved) {
    taken.push({ lead_id: run.leadId, account_id: accountId, key, delta })
    const limit = room.get(place(accountId, key))
    if (limit) limit.delta += delta
  }
}

/** Gives each lead to its first candidate, as if there were room; `undefined` where it is not as simple as that. */
function guess(asking: Job[]): Guess | undefined {
  const made: Guess = { room: new Map(), taken: [], effects: new Map() }
  for (const job of asking) {
    const { ask, eventId } = asked(job)
    const reserved = reserve(ask, roomEverywhere)
    const { granted } = reserved
    if (!granted) return undefined
    const needs = ask.candidates.find(({ stepId }) => stepId === granted.stepId)?.needs ?? []
    for (const need of [...ask.lead, ...needs]) addLimit(made.room, need.accountId ?? job.flow.flow.accountId, need)
    addTaken(made, job, granted.taken)
    const effect = takeGrant(job, reserved, eventId)
    if (effect?.kind !== 'attempt' || job.run.selling?.open) return undefined
    made.effects.set(job.run.leadId, effect)
  }
  return made
}

const isTight = (room: Guess['room']): boolean => {
  const now = Date.now()
  for (const at of room.keys()) if ((tight().get(at) ?? 0) > now) return true
  return false
}

function noteTight(room: Guess['room']): void {
  if (tight().size > mostTight) tight().clear()
  for (const at of room.keys()) tight().set(at, Date.now() + tightMs)
}

/** @param rows the parameters of `openRuns`, made once the leads are decided. */
type Rows = () => postgres.SerializableParameter[]

/**
 * Commit 1 of a batch that asks nothing but for room in counters, without asking them first: every lead is decided as
 * if they had room, and the one statement that makes the runs takes from the counters, or does nothing where a limit
 * would be exceeded. Where that is so the counters are locked and asked (`reserve-batch.ts`), which decides exactly.
 * @returns what `openRuns` answers, and what each lead does next; `undefined` where it must be asked: the jobs are to be
 * put back then.
 */
export async function openWithRoom(
  sql: postgres.Sql,
  jobs: Job[],
  rows: Rows,
): Promise<{ made: Record<string, unknown>[]; effects: ReadonlyMap<string, Effect> } | undefined> {
  const asking = jobs.filter(({ asked: effect }) => effect)
  const guessed = asking.every(asksForRoom) ? guess(asking) : undefined
  if (!guessed || isTight(guessed.room)) return undefined
  const { room, taken, effects } = guessed
  const answers = await write(
    sql,
    statement.openRunsWithRoom,
    ...rows(),
    roomTexts.text([...room.values()]),
    takenTexts.text(taken),
  )
  if (answers[0]?.['has_room'] === true) return { made: answers.filter((row) => row['lead_id'] !== null), effects }
  // One that is not there yet is made where it is asked.
  if (answers[0]?.['is_there'] === true) noteTight(room)
  return undefined
}
