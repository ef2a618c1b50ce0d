import { setTimeout as sleep } from 'node:timers/promises'
import { aBuyerStep, aDocument } from '../product'
import { acceptsAfter, type Buyer } from './buyers'
import type { Installation } from './installation'
import type { Promised } from './promised'
import { newEmail, sourcesOf } from './sources'

const clients = 24
/** Each client's pause between leads: about 200 a second together. */
const pauseMs = 100
const recoveryMs = 60_000
const cap = 500

type Answered = { email: string; leadId: string; at: number }

/** What dies, one after the other, while leads come in: four seconds apart. */
const deaths = ({ killIntake, killWorker, endPostgres }: Installation): [string, () => unknown][] => [
  ['intake 1', () => killIntake(0)],
  ['Postgres restarted', () => endPostgres('restart')],
  ['intake 2', () => killIntake(1)],
  ['worker', killWorker],
  ['Postgres crashed', () => endPostgres('crash')],
  ['all intakes', () => Promise.all([0, 1, 2].map(killIntake))],
  ['worker', killWorker],
]

async function underLoad(installation: Installation, path: string, trouble: () => Promise<void>) {
  const sources = sourcesOf(installation.bases, path)
  const [answered, given]: [Answered[], string[]] = [[], []]
  let over = false
  const client = async (isKeyed: boolean) => {
    while (!over) {
      const email = newEmail()
      const answer = await sources.sendUntilAnswered(email, isKeyed, Date.now() + recoveryMs)
      if (answer) answered.push({ email, leadId: answer.lead.id, at: Date.now() })
      else given.push(email)
      await sleep(pauseMs)
    }
  }
  const all = Array.from({ length: clients }, (_, at) => client(at % 2 === 0))
  await trouble()
  over = true
  await Promise.all(all)
  await sources.close()
  return { answered, given }
}

/** Seconds until no lead is in between any more; undefined when some are after the time that was promised. */
async function recovered({ sql }: Installation, since: number): Promise<number | undefined> {
  while (Date.now() - since < recoveryMs) {
    const [row] = await sql<{ open: boolean }[]>`
      select exists (select from runs where settled_at is null)
          or exists (select from leads where status = 'processing') as open`.catch(() => [])
    if (row?.open === false) return Math.round((Date.now() - since) / 100) / 10
    await sleep(250)
  }
  return undefined
}

/** The longest time in which nobody had an answer. */
const longestGap = (answered: Answered[]): number => {
  const times = answered.map(({ at }) => at).toSorted((a, b) => a - b)
  return Math.max(...times.slice(1).map((at, index) => at - (times[index] ?? at)))
}

/**
 * Processes are killed and Postgres ends twice while leads come in: every answered lead is in the log with an end and
 * one delivery, no buyer hears of a lead twice, a cap is not exceeded, and all is in order within a minute of the last
 * death, without a hand.
 */
export async function deathsLoseNothing(
  installation: Installation,
  [capped, open]: readonly [Buyer, Buyer],
): Promise<Promised> {
  for (const buyer of [capped, open]) buyer.now(acceptsAfter(30))
  const step = aBuyerStep('capped', capped.url, { conditional_delivery: { caps: { monthly: cap } } })
  const group = { id: 'turns', type: 'distribution', name: 'Turns', strategy: 'round_robin' }
  const document = aDocument({ ...group, buyers: [step, aBuyerStep('open', open.url)] })
  const path = await installation.aLiveFlow(document)
  let lastDeath = 0
  const { answered, given } = await underLoad(installation, path, async () => {
    for (const [, die] of deaths(installation)) {
      await sleep(4_000)
      await die()
      lastDeath = Date.now()
    }
    await sleep(4_000)
  })
  const seconds = await recovered(installation, lastDeath)
  const calls = [...capped.calls, ...open.calls]
  const twice = calls.length - new Set(calls.map(({ email }) => email)).size
  const { lost, undecided } = await logOf(installation, answered)
  const kept = [answered.length > 0, given.length === 0, seconds !== undefined, twice === 0, lost === 0]
  return {
    promise: 'processes killed and Postgres restarted under load: nothing lost, nothing sold twice, back in a minute',
    kept: kept.every(Boolean) && capped.calls.length <= cap,
    figures: {
      deaths: deaths(installation).map(([name]) => name),
      answered: answered.length,
      unanswered: given.length,
      lost,
      twice,
      undecided,
      capped: `${capped.calls.length} of ${cap}`,
      recovered_in_seconds: seconds ?? 'never',
      longest_silence_ms: longestGap(answered),
    },
  }
}

/**
 * Answered leads that have no end in the log, or not one delivery and one answer; and those whose buyer was being asked
 * when the process died: it may have them, and a person or its feedback decides.
 */
async function logOf({ sql }: Installation, answered: Answered[]): Promise<{ lost: number; undecided: number }> {
  const ids = [...new Set(answered.map(({ leadId }) => leadId))]
  const [row] = await sql<{ whole: number; undecided: number }[]>`
    select count(*)::int as whole, count(*) filter (where l.status = 'pending')::int as undecided from leads l
    where l.id = any(${ids}::uuid[]) and l.side = 'seller' and l.status <> 'processing'
      and (select count(*) from events e where e.lead_id = l.id and e.type = 'source') = 1
      and (select count(*) from events e where e.lead_id = l.id and e.type = 'delivery') = 1`
  return { lost: answered.length - (row?.whole ?? 0), undecided: row?.undecided ?? 0 }
}
