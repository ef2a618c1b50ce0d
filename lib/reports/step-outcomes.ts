import { pool } from '../../db/client'
import type { Actor } from '../actor'
import { hourMs } from '../time'
import type { StepOutcomes } from './schema'

type Row = { subject_id: string; outcome: string; count: string }

/** How often each step of a flow came to each outcome in the last 24 hours, from the rollups alone. */
export async function stepOutcomes(actor: Actor, flowId: string, now: number): Promise<StepOutcomes> {
  const { sql } = pool()
  const since = new Date((Math.floor(now / hourMs) - 23) * hourMs).toISOString()
  const rows = await sql<Row[]>`
    select subject_id, outcome, sum(count) as count from rollups
    where account_id = ${actor.accountId} and subject = 'step' and subject_id like ${`${flowId}/%`} and hour >= ${since}
    group by 1, 2`
  const steps: StepOutcomes = {}
  for (const row of rows) {
    const stepId = row.subject_id.slice(flowId.length + 1)
    steps[stepId] = { ...steps[stepId], [row.outcome]: Number(row.count) }
  }
  return steps
}
