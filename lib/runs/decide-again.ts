import { compileFlow, type Effect, type StepTarget } from '../engine/index'
import { type LoadedFlow, loadDraft } from '../flows/index'
import { eventIdFor } from './event-id'
import { reloadFlow } from './flow-cache'
import { insist } from './insist'
import type { Job } from './job'
import { step } from './step'

type Targets = Record<string, StepTarget>
type Unsent = { eventIds?: readonly string[] }

/** Why nothing more may be sent, when the flow or the source was switched off meanwhile. */
const switchedOff = (flow: LoadedFlow | undefined, source: { enabled: boolean } | undefined): string | undefined => {
  if (!flow?.live || !flow.flow.enabled) return 'Flow is disabled'
  return source?.enabled ? undefined : 'Source is disabled'
}

/** Ends a run whose flow or source is switched off. Answers nothing when neither is. */
export function stopIfOff(job: Job): Effect | undefined {
  const reason = switchedOff(job.flow, job.source)
  return reason === undefined ? undefined : step(job, { kind: 'stop', reason, now: Date.now() })
}

async function newest(job: Job, configVersion: number): Promise<LoadedFlow | undefined> {
  const { id } = job.flow.flow
  // The console's runs are on the draft, from a source that no flow has.
  if (job.version === 0) return loadDraft(id)
  const loaded = await reloadFlow(id)
  // That load may have been under way since before the change.
  return loaded && loaded.configVersion < configVersion ? reloadFlow(id) : loaded
}

/** Takes the newest configuration, so that *paused* means paused, and decides the present step again. */
async function redecide(job: Job, configVersion: number, unsent: Unsent): Promise<Effect | undefined> {
  const loaded = await newest(job, configVersion)
  const source = job.version === 0 ? job.source : loaded?.sources.get(job.run.source.id)
  const off = switchedOff(loaded, source)
  if (!loaded?.live || !source || off !== undefined) {
    return step(job, { kind: 'stop', reason: off ?? 'Flow is disabled', now: Date.now(), ...unsent })
  }
  job.source = source
  if (loaded.live.version === job.version) {
    job.flow = loaded
    job.compiled = loaded.live.compiled
  } else {
    // A newer version has other steps: the run ends on the one it began with, under today's switches and connections.
    job.flow = { ...loaded, targets: todaysTargets(job, loaded.targets) }
    job.compiled = compileFlow({ ...job.compiled, targets: job.flow.targets })
  }
  const at = { now: Date.now(), nextEventId: eventIdFor(job.run) }
  // One that is to wait, and does not stand in the queue yet, goes on to wait.
  const effect = step(
    job,
    job.run.state === 'held' ? { kind: 'resume', ...at } : { kind: 'redecide', ...at, ...unsent },
  )
  // Of several attempts, some may bear the ids of others that are saved.
  if (job.run.selling?.open) delete job.durable
  return effect
}

const isInvited = ({ sharedFields }: StepTarget) => sharedFields !== undefined

/**
 * What was configured by hand goes out so, and what was sent to a buyer stays that buyer's: whoever has the step by now
 * is handed nothing of either.
 */
function todaysTarget(begun: StepTarget, today: StepTarget | undefined, isUsed: boolean): StepTarget {
  if (!today) return { ...begun, blocked: 'Step was removed' }
  if (!isInvited(begun)) return isInvited(today) ? { ...begun, active: today.active } : today
  const isSame = begun.connectionId === today.connectionId
  return isSame || !isUsed ? today : { ...begun, blocked: 'Step was changed' }
}

function todaysTargets({ flow, run }: Job, today: Targets): Targets {
  const used = new Set(run.results.map(({ stepId }) => stepId))
  const targets: Targets = {}
  for (const [stepId, target] of Object.entries(flow.targets)) {
    targets[stepId] = todaysTarget(target, today[stepId], used.has(stepId))
  }
  return targets
}

/**
 * Decides again under the newest configuration, however long the database takes to tell it.
 * @param unsent where attempts are under way already, those that are not.
 */
export const decideAgain = (job: Job, configVersion: number, unsent: Unsent = {}): Promise<Effect | undefined> =>
  insist('the configuration', () => redecide(job, configVersion, unsent))
