import type { Effect } from '../engine/index'
import { log } from '../log'
import type { Opened } from './commit-one'
import { decideAgain } from './decide-again'
import type { Job } from './job'
import { isDurable, openRun } from './journal'
import { keyOfLeaving } from './leaving-key'
import { noteSettled, perform } from './perform'

type Durable = Exclude<Opened, { kind: 'again' }>

/** While the database is away after a lost COMMIT, how long nobody can say whether the lead is in the log. */
const doubtMs = 50_000

/** Commit 1. Rejects when the lead is not in the log; when the reply to the COMMIT was lost, that is looked up first. */
export async function openDurably(job: Job, effect: Effect | undefined): Promise<Durable> {
  for (;;) {
    const opened = await openRun(job).catch((error: unknown) => openedAfterAll(job, error))
    if (opened.kind === 'again') continue
    if (opened.kind === 'opened') job.loggedChanges = job.run.changed
    if (opened.kind !== 'opened') return opened
    const next = 'effect' in opened ? opened.effect : effect
    const leaving = keyOfLeaving(next)
    if (leaving !== undefined) job.durable = leaving
    return { ...opened, effect: next }
  }
}

/** Asks until the database says yes, or says no twice: the first no may come while its COMMIT is still being done. */
async function openedAfterAll(job: Job, error: unknown): Promise<Opened> {
  const until = Date.now() + doubtMs
  let noes = 0
  for (let wait = 100; noes < 2 && Date.now() < until; wait = Math.min(wait * 2, 2_000)) {
    await new Promise((resolve) => setTimeout(resolve, wait))
    const found = await isDurable(job.run.leadId).catch(() => undefined)
    if (found && job.inDoubt) {
      Object.assign(job, { run: job.inDoubt.run, asked: job.inDoubt.asked })
      job.inDoubt = undefined
    }
    // The configuration may have changed in the meantime: decide again before sending.
    if (found) return { kind: 'opened', configVersion: job.flow.configVersion + 1 }
    if (found === false) noes++
  }
  throw error
}

/**
 * What follows commit 1: deliveries and commit 2.
 * @returns false when the run ended elsewhere or broke off: then the log has, or will have, the truth.
 */
export async function carryThrough(job: Job, effect: Effect | undefined, configVersion: number): Promise<boolean> {
  if (job.run.state === 'done') {
    noteSettled(job)
    return true
  }
  try {
    const next = configVersion > job.flow.configVersion ? await decideAgain(job, configVersion) : effect
    return await perform(job, next)
  } catch (error) {
    // A defect of ours, or a stop in an outage: recovery gets the run, since nobody carries it now.
    log.error({ err: error, leadId: job.run.leadId }, 'a run broke off after it was durable')
    return false
  }
}
