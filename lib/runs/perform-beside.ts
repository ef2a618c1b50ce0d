import type { Effect } from '../engine/index'
import { askForBids } from './ask-for-bids'
import { decideAgain } from './decide-again'
import { type Delivered, deliverAttempt } from './deliver-attempt'
import { eventIdFor } from './event-id'
import { insist } from './insist'
import type { Job } from './job'
import { reserveRun, saveProgress } from './journal'
import { keyOfLeaving } from './leaving-key'
import { step } from './step'

type Next = Effect | undefined | 'lost'
type Heard = { eventId: string; delivered: Delivered } | { error: unknown }

/** A run with several attempts open. Its answers wait in `heard` while the run is with the database. */
type Beside = {
  job: Job
  /** Event ids of the attempts that left and are not heard of, and the deliveries that are not over. */
  sent: Set<string>
  underWay: Set<Promise<void>>
  heard: Heard[]
  /** `runs.state` has the run as it is now. */
  isSaved: boolean
}

const unsent = ({ job, sent }: Beside) => (job.run.selling?.open ?? []).filter(({ eventId }) => !sent.has(eventId))

/** What was not sent, or not asked for its bid, is decided again where the configuration changed meanwhile. */
function underNewest(beside: Beside, configVersion: number, effect: Effect | undefined): Promise<Next> | Next {
  const eventIds = unsent(beside).map(({ eventId }) => eventId)
  const isLeaving = eventIds.length > 0 || effect?.kind === 'ping'
  if (configVersion <= beside.job.flow.configVersion || !isLeaving) return effect
  beside.isSaved = false
  return decideAgain(beside.job, configVersion, { eventIds })
}

async function save(beside: Beside, effect: Effect | undefined): Promise<Next> {
  const { ours, configVersion } = await insist('attempts beside each other', () => saveProgress(beside.job))
  if (!ours) return 'lost'
  beside.isSaved = true
  return underNewest(beside, configVersion, effect)
}

async function reserve(beside: Beside): Promise<Next> {
  const { ours, configVersion, effect } = await insist('a reservation', () => reserveRun(beside.job))
  if (!ours) return 'lost'
  beside.isSaved = true
  return underNewest(beside, configVersion, effect)
}

function send(beside: Beside): void {
  const { job, sent, underWay, heard } = beside
  for (const { stepId, eventId } of unsent(beside)) {
    sent.add(eventId)
    const delivery: Promise<void> = deliverAttempt(job, { kind: 'attempt', stepId, eventId })
      .then(
        (delivered) => void heard.push({ eventId, delivered }),
        (error: unknown) => void heard.push({ error }),
      )
      .finally(() => void underWay.delete(delivery))
    underWay.add(delivery)
  }
}

/** Lets the engine go on with the next answer that there is, or that comes. */
async function hear({ job, sent, underWay, heard }: Beside): Promise<Effect | undefined> {
  if (heard.length === 0 && underWay.size > 0) await Promise.race(underWay)
  const first = heard.shift()
  if (!first) throw new Error(`lead ${job.run.leadId} waits for answers, and nobody was asked`)
  if ('error' in first) throw first.error
  const { eventId, delivered } = first
  sent.delete(eventId)
  if (delivered.exchange) job.exchanges[eventId] = delivered.exchange
  // Its own id may be older than those of attempts that were made since.
  return step(job, { ...delivered.event, nextEventId: eventIdFor(job.run) })
}

/** What is to be saved before anything else: what is not sent yet, and what was heard while nobody else has answered. */
const mustSave = (beside: Beside, effect: Effect | undefined) =>
  !beside.isSaved && (effect?.kind === 'ping' || beside.heard.length === 0 || unsent(beside).length > 0)

/**
 * Carries a run on while attempts are open beside each other. They are sent together, and one event at a time moves the
 * run: each answer as it comes, but never while the counters are asked. As with one attempt, none leaves before
 * `runs.state` names it. What has been heard is saved while others are waited for, so that a crash leaves only those
 * without an end.
 * @returns what is to be done once no attempt is open; `lost` when another process took the run over.
 */
export async function performBeside(job: Job, first: Effect | undefined): Promise<Next> {
  const isSaved = job.durable !== undefined && job.durable === keyOfLeaving(first)
  const beside: Beside = { job, sent: new Set(), underWay: new Set(), heard: [], isSaved }
  let effect: Next = first
  while (job.run.selling?.open) {
    if (effect?.kind === 'reserve') effect = await reserve(beside)
    else if (mustSave(beside, effect)) effect = await save(beside, effect)
    else {
      send(beside)
      effect = await (effect?.kind === 'ping' ? askForBids(job, effect) : hear(beside))
      beside.isSaved = false
    }
    if (effect === 'lost') return 'lost'
  }
  return effect
}
