import { pool } from '../../db/client'
import { mayCall, noteAnswer } from '../breakers/index'
import { type BatchedLead, deliverBatch } from '../delivery/index'
import {
  contactKeys,
  type Effect,
  type InBatch,
  type OutgoingRequest,
  renderBatch,
  renderRequest,
  type Verdict,
} from '../engine/index'
import { uuidv7 } from '../ids'
import { log } from '../log'
import { once } from '../runtime'
import { readBatchName } from './batch-name'
import { decideAgain, stopIfOff } from './decide-again'
import { breakerOf, copyOf, probeGraceMs, withPatience } from './deliver-attempt'
import { eventIdFor } from './event-id'
import { insist } from './insist'
import type { Job, SavedState } from './job'
import { saveTogether } from './journal'
import { maskedValues } from './masked-values'
import { carry, holdLease, processOwner, takingOver } from './owner'
import { perform, reserveAll } from './perform'
import { loadFor, type Orphan, revive } from './revive'
import { dueBatches, lockBatch, takeUpBatch } from './statements'
import { step } from './step'

/** Batches that one process has under way at a time, in all and of one flow: a buyer that hangs holds up its own. */
const mostAtOnce = 100
const mostOfFlow = 5
/** Batches that are due, of which those are chosen that may begin. */
const mostLooked = 1_000
/** A request carries no more than this, however many leads are meant to go together. */
const mostBytes = 4 * 1024 * 1024

/** Batches until they have their answer, by name; and leads of theirs that go on by themselves, by id. */
const underWay = () => once('batches-under-way', () => new Map<string, Promise<void>>())
const goingOn = () => once('leads-of-batches', () => new Map<string, Promise<void>>())

/** Resolves when no batch is under way in this process, nor a lead of one. */
export async function batchesDone(): Promise<void> {
  while (underWay().size + goingOn().size > 0) await Promise.all([...underWay().values(), ...goingOn().values()])
}

/**
 * Begins to send the batches that are full or due. Safe in several workers at once: the leads of a batch are taken up by
 * one of them, as runs of its own.
 * @returns how many batches were taken up; their ends are not waited for.
 */
export async function sendBatches(): Promise<number> {
  await holdLease()
  const room = mostAtOnce - underWay().size
  if (room <= 0) return 0
  const due = await pool().sql.unsafe<{ batch: string }[]>(dueBatches, [mostLooked], { prepare: true })
  const begun = await Promise.all(
    startable(due.map(({ batch }) => batch))
      .slice(0, room)
      .map(begin),
  )
  return begun.filter((isBegun) => isBegun).length
}

/** Those of which none is under way, and not many of their flow. */
function startable(names: string[]): string[] {
  const ofFlow = new Map<string, number>()
  const count = (name: string) => {
    const { flowId } = readBatchName(name)
    const known = ofFlow.get(flowId) ?? 0
    ofFlow.set(flowId, known + 1)
    return known
  }
  for (const name of underWay().keys()) count(name)
  return names.filter((name) => !underWay().has(name) && count(name) < mostOfFlow)
}

const begin = (name: string): Promise<boolean> =>
  takingOver(async () => {
    const leads = await takeUp(name)
    if (leads.length === 0) return false
    const putDown = leads.map(({ lead_id: leadId }) => carry(leadId))
    const ended = send(name, leads)
      // What is not carried and not settled is let go with the next renewal of the lease, and waits again.
      .catch((error: unknown) => log.error({ err: error, batch: name }, 'a batch broke off'))
      .finally(() => {
        for (const down of putDown) down()
        underWay().delete(name)
      })
    underWay().set(name, ended)
    return true
  })

const takeUp = (name: string): Promise<Orphan[]> =>
  pool().sql.begin(async (tx): Promise<Orphan[]> => {
    const [lock] = await tx.unsafe<{ locked: boolean }[]>(lockBatch, [name], { prepare: true })
    if (!lock?.locked) return []
    return [...(await tx.unsafe<Orphan[]>(takeUpBatch, [processOwner(), name], { prepare: true }))]
  })

/** A lead that is to go out with others, as far as it has come. */
type Member = { job: Job; stepId: string; eventId: string }

/**
 * The open attempt, where it still goes to the buyer whose batch this is. A lead that no body can be made for goes alone:
 * it fails without the others.
 */
function memberOf(job: Job, effect: Effect | undefined, stepId: string): Member | undefined {
  if (effect?.kind !== 'attempt' || effect.stepId !== stepId) return undefined
  if (!job.compiled.buyers.get(stepId)?.batch) return undefined
  const member = { job, stepId, eventId: effect.eventId }
  return aloneOf(member, Date.now()).problem === undefined ? member : undefined
}

/** Lets one lead go on by itself, whatever becomes of the others: nobody waits for it. */
function carryOn(job: Job, effect: Effect | undefined): void {
  const { leadId } = job.run
  const putDown = carry(leadId)
  const ended = perform(job, effect)
    .then(() => {})
    .catch((error: unknown) => log.error({ err: error, leadId }, 'a run of a batch broke off'))
    .finally(() => {
      goingOn().delete(leadId)
      putDown()
    })
  goingOn().set(leadId, ended)
}

/** Goes on with those that can; a lead whose effect is no attempt here any more goes its own way. */
function split(decided: { job: Job; effect: Effect | undefined | 'lost' }[], stepId: string): Member[] {
  const members: Member[] = []
  for (const { job, effect } of decided) {
    // Another process has it: the log has the truth of that lead.
    if (effect === 'lost') continue
    const member = memberOf(job, effect, stepId)
    if (member) members.push(member)
    else carryOn(job, effect)
  }
  return members
}

async function reviveAll(leads: Orphan[]): Promise<Job[]> {
  const loaded = new Map<string, ReturnType<typeof loadFor>>()
  const load = (state: SavedState) => {
    const key = `${state.flowId} ${state.version}`
    const known = loaded.get(key) ?? loadFor(state)
    loaded.set(key, known)
    return known
  }
  const jobs = await Promise.all(
    leads.map((lead) =>
      revive(lead, load).catch((error: unknown) => {
        log.error({ err: error, leadId: lead.lead_id }, 'a lead of a batch could not be taken up')
        return undefined
      }),
    ),
  )
  return jobs.filter((job) => job !== undefined)
}

/** Decides anew about each lead, as its flow and its buyer are now, and sends those together that still go there. */
async function send(name: string, leads: Orphan[]): Promise<void> {
  const { stepId, batchId } = readBatchName(name)
  const jobs = await reviveAll(leads)
  const now = Date.now()
  const decided = await Promise.all(
    jobs.map(async (job) => {
      const next = () => step(job, { kind: 'resume', batch: stepId, now, nextEventId: eventIdFor(job.run) })
      return { job, effect: await reserveAll(job, stopIfOff(job) ?? next()) }
    }),
  )
  let rest = inOrder(split(decided, stepId), batchId)
  // One that is tried again had room in one request before.
  while (rest.length > 0) {
    const { together, later } = batchId === undefined ? withinBytes(rest, now) : { together: rest, later: [] }
    await sendTogether(together, batchId)
    rest = later
  }
}

/** The place that a lead had in a batch that failed. */
function placeIn(batchId: string, { job }: Member): InBatch | undefined {
  const last = job.run.results.findLast((result) => result.type === 'buyer' && result.batch?.id === batchId)
  return last?.type === 'buyer' ? last.batch : undefined
}

/** A batch that is tried again has its leads where they were. */
function inOrder(members: Member[], batchId: string | undefined): Member[] {
  if (batchId === undefined) return members
  const at = (member: Member) => placeIn(batchId, member)?.position ?? 0
  return members.toSorted((one, other) => at(one) - at(other))
}

/**
 * The id of a batch that goes out: a new one, or that of the batch that failed where all its leads come again. Some of
 * them under its id would be another request under the same key, which the buyer may take for the one that it had.
 */
function idsOf(failed: string | undefined): (members: Member[]) => string {
  const fresh = uuidv7()
  return (members) => {
    const [first] = members
    const isWhole = failed !== undefined && first && placeIn(failed, first)?.size === members.length
    return isWhole ? failed : fresh
  }
}

/** As many as one request has room for, and at least one. */
function withinBytes(members: Member[], now: number): { together: Member[]; later: Member[] } {
  let bytes = 0
  const at = members.findIndex((member, index) => {
    bytes += Buffer.byteLength(aloneOf(member, now).body)
    return index > 0 && bytes > mostBytes
  })
  return at < 0 ? { together: members, later: [] } : { together: members.slice(0, at), later: members.slice(at) }
}

function aloneOf({ job, stepId, eventId }: Member, now: number) {
  const request = renderRequest(job.compiled, job.run, { stepId, eventId, now })
  if (!request) throw new Error(`step ${stepId} of flow ${job.flow.flow.id} was decided but can't be rendered`)
  return request
}

/**
 * Gives each lead its place and makes all of them durable in one statement, before a byte leaves. Where the
 * configuration changed meanwhile it is decided again, and who leaves the batch then was never in it.
 */
async function claim(members: Member[], failed: string | undefined): Promise<{ members: Member[]; batchId: string }> {
  const idOf = idsOf(failed)
  let left = members
  for (;;) {
    const batchId = idOf(left)
    const size = left.length
    if (size === 0) return { members: left, batchId }
    for (const [index, { job, eventId }] of left.entries()) {
      step(job, { kind: 'batched', eventId, batch: { id: batchId, size, position: index + 1 }, now: Date.now() })
    }
    const saved = await insist('a batch', () => saveTogether(left.map(({ job }) => job)))
    // Another process took it over: the log has the truth of that lead.
    const ours = left.filter((_, index) => saved[index]?.ours)
    const newest = Math.max(...saved.map(({ configVersion }) => configVersion))
    if (ours.length === size && left.every(({ job }) => newest <= job.flow.configVersion))
      return { members: left, batchId }
    const decided = await Promise.all(
      ours.map(async ({ job, stepId, eventId }) => {
        const known: Effect = { kind: 'attempt', stepId, eventId }
        if (newest <= job.flow.configVersion) return { job, effect: known }
        return { job, effect: await reserveAll(job, await decideAgain(job, newest)) }
      }),
    )
    left = split(decided, left[0]?.stepId ?? '')
  }
}

/** Sends leads in one request, once; each goes on with what the answer says of it. */
async function sendTogether(all: Member[], failed: string | undefined): Promise<void> {
  const { members, batchId } = await claim(all, failed)
  const [first] = members
  if (!first) return
  const { stepId, job } = first
  const now = Date.now()
  const leads = members.map((member) => ({ run: member.job.run, eventId: member.eventId }))
  const request = renderBatch(job.compiled, leads, { stepId, batchId, now })
  if (!request) throw new Error(`step ${stepId} of flow ${job.flow.flow.id} has no batches`)
  const known = breakerOf(job, stepId)
  const forMs = request.timeoutMs + probeGraceMs
  if (known && !(await insist('a circuit breaker', () => mayCall(known.target, batchId, forMs)))) return stay(members)
  const batch = { id: batchId, leads: members.map((member) => batchedOf(member, now)) }
  const delivery = await deliverBatch(
    job.flow.targets[stepId]?.buyerAccountId ?? job.flow.flow.accountId,
    request,
    batch,
  )
  if (known && !delivery.isOurs) {
    const isFailure = delivery.leads.every(({ own, verdict }) => !own && isBroken(verdict))
    noteAnswer(known.target, known.settings, { eventId: batchId, isFailure, reason: delivery.verdict.reason })
  }
  log.info({ batchId, stepId, leads: members.length }, 'a batch went out')
  hear(members, batch.leads, delivery)
}

const isBroken = ({ outcome }: Verdict) => outcome === 'error' || outcome === 'unknown'

function batchedOf(member: Member, now: number): BatchedLead {
  const { run } = member.job
  const { eventId } = member
  const contacts = contactKeys(run.lead).map(({ value }) => value)
  return { eventId, leadId: run.leadId, masked: maskedValues(run.lead), contacts, alone: aloneOf(member, now) }
}

/** Each lead goes on with what came of it. Those that fail together are tried again at the same moment. */
function hear(members: Member[], sent: BatchedLead[], delivery: BatchDelivery): void {
  const { leads, verdict: _, isOurs: __, ...exchange } = delivery
  const at = { now: Date.now(), luck: Math.random() }
  for (const [index, member] of members.entries()) {
    const told = leads[index]
    if (told) carryOn(member.job, answered(member, { ...told, exchange, sent: sent[index]?.alone }, at))
  }
}

type BatchDelivery = Awaited<ReturnType<typeof deliverBatch>>
type Heard = BatchDelivery['leads'][number] & {
  exchange: Omit<BatchDelivery, 'leads' | 'verdict' | 'isOurs'>
  sent: OutgoingRequest | undefined
}

function answered(member: Member, heard: Heard, { now, luck }: { now: number; luck: number }): Effect | undefined {
  const { job, eventId } = member
  const { verdict, own, exchange, sent, ...kept } = heard
  const sentFields = sent?.sentFields ?? []
  const copy = copyOf(job, member, verdict)
  const { buyerAccountId } = job.flow.targets[member.stepId] ?? {}
  job.exchanges[eventId] = {
    ...exchange,
    ...kept,
    sentFields,
    ...(buyerAccountId && { buyerAccountId }),
    ...(copy && { copy }),
  }
  return step(job, {
    kind: 'answered',
    eventId,
    verdict: withPatience(verdict, kept.response?.headers['retry-after']),
    now,
    nextEventId: eventIdFor(job.run),
    luck,
    ...(own && { own }),
  })
}

/** The buyer's circuit opened since this was decided: each lead is decided about anew. */
function stay(members: Member[]): void {
  const now = Date.now()
  for (const { job } of members) carryOn(job, step(job, { kind: 'redecide', now, nextEventId: eventIdFor(job.run) }))
}
