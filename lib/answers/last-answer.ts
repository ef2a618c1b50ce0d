import { pool } from '../../db/client'
import type { Actor } from '../actor'
import type { RecordedResponse } from '../engine/index'
import { notFound } from '../errors'
import { firstIdAt } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { dayMs } from '../time'
import { type LastAnswer, LastAnswerInput } from './schema'

type Row = { id: string; is_test: boolean; started_at: string; duration_ms: number; response: string }

/** Older answers tell of another system than today's, and finding them would mean reading through the log. */
const oldestMs = 30 * dayMs

/**
 * The last answer of a step or destination in the past 30 days, test leads too. What belongs to another account, or was
 * configured by another one, is not found.
 */
export async function lastAnswer(actor: Actor, input: unknown): Promise<Result<LastAnswer>> {
  const parsed = parseInput(LastAnswerInput, input)
  if (!parsed.ok) return parsed
  const { sql } = pool()
  const { flow_id: flowId = null, step_id: stepId = null, destination_id: destinationId } = parsed.value
  const whose =
    destinationId === undefined
      ? sql`e.flow_id = ${flowId} and e.step_id = ${stepId}`
      : sql`e.destination_id = ${destinationId} and e.flow_id is null`
  const [row] = await sql<Row[]>`
    select e.id, e.is_test, e.started_at, e.duration_ms, p.response
    from events e join event_payloads p on p.id = e.id and p.account_id = e.account_id
    where e.account_id = ${actor.accountId} and e.type in ('delivery', 'lookup') and ${whose}
      and e.id >= ${firstIdAt(Date.now() - oldestMs)} and p.response is not null
    order by e.id desc limit 1`
  if (!row) return err(notFound('An answer'))
  const { status, headers, body, truncated } = JSON.parse(row.response) as RecordedResponse
  const contentType = headers['content-type']
  return ok({
    status,
    ...(contentType !== undefined && { contentType }),
    body,
    at: new Date(Date.parse(row.started_at) + row.duration_ms).toISOString(),
    isTest: row.is_test,
    eventId: row.id,
    ...(truncated && { truncated }),
  })
}
