import { db, type Tx } from '../../db/client'
import { transact } from '../../db/transact'
import { mayConfigure } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { type PingTest, pings } from '../engine/index'
import { conflict } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { readDestination } from './own-destination'
import { runPing } from './run-ping'
import { TestDestinationInput } from './schema'
import { comingThrough } from './test-destination'

/**
 * Asks a destination for its bid on the sample lead, as a seller would, marked as a test. With `connectionId` it tells
 * only what that seller lets be told in a ping. Nothing of it is kept but that it was sent.
 */
export async function testPing(actor: Actor, input: unknown, tx?: Tx): Promise<Result<PingTest>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(TestDestinationInput, input)
  if (!parsed.ok) return parsed
  const found = await readDestination(tx ?? db(), actor, parsed.value.id)
  if (!found.ok) return found
  const { id, config } = found.value
  if (!pings(config)) return err(conflict('This destination is not pinged. Switch its ping on and save it first.'))
  const coming = await comingThrough(actor, parsed.value.connectionId)
  if (!coming.ok) return coming
  const { test } = await runPing(actor, config, coming.value?.pingFields)
  return transact(async (run) => {
    await recordAudit(run, actor, {
      action: 'destination.test-ping',
      subjectKind: 'destination',
      subjectId: id,
      after: { passed: test.passed, failed: test.checks.filter(({ passed }) => !passed).map(({ name }) => name) },
    })
    return ok(test)
  }, tx)
}
