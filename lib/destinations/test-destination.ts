import { and, eq, sql } from 'drizzle-orm'
import { db, type Tx } from '../../db/client'
import { destinations } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { mayConfigure } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { getConnection } from '../connections/index'
import type { DestinationTest } from '../engine/index'
import { conflict, forbidden, notFound } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { failedChecks } from './checks'
import { type DestinationRow, readDestination } from './own-destination'
import { type Coming, runTest } from './run-test'
import { TestDestinationInput } from './schema'

/** The fields that would come through this connection, which has to be one where the actor buys. */
export async function comingThrough(
  actor: Actor,
  connectionId: string | undefined,
): Promise<Result<Coming | undefined>> {
  if (connectionId === undefined) return ok(undefined)
  const found = await getConnection(actor, connectionId)
  if (!found.ok) return found
  if (found.value.side !== 'buyer') return err(notFound('Connection'))
  if (!found.value.permissions.test_mode)
    return err(forbidden('This seller does not allow test leads through its connection.'))
  const { sharedFields, pingFields } = found.value
  return ok({ sharedFields, pingFields })
}

/** What a test changes of a destination that leads do not reach yet: its acknowledgement is of the lead just sent. */
const standing = (row: DestinationRow, test: DestinationTest) =>
  row.status === 'live' || row.status === 'disabled'
    ? {}
    : { status: test.passed ? ('tested' as const) : ('draft' as const), acknowledgedAt: null }

/** Keeps the result if the configuration is still the one that was tested. */
async function keep(
  tx: Tx,
  actor: Actor,
  row: DestinationRow,
  test: DestinationTest,
): Promise<Result<DestinationTest>> {
  const [kept] = await tx
    .update(destinations)
    .set({ lastTest: test, testedAt: new Date(test.at), ...standing(row, test) })
    .where(
      and(
        eq(destinations.id, row.id),
        eq(destinations.status, row.status),
        sql`${destinations.config}::text = ${JSON.stringify(row.config)}`,
      ),
    )
    .returning({ id: destinations.id })
  if (!kept) return err(conflict('The destination was changed while its test was under way. Send the test lead again.'))
  await recordAudit(tx, actor, {
    action: 'destination.test',
    subjectKind: 'destination',
    subjectId: row.id,
    after: { passed: test.passed, failed: failedChecks(test).map(({ name }) => name) },
  })
  return ok(test)
}

/**
 * Sends a test lead to a destination and keeps what came of it. It reaches the buyer's system marked as a test and
 * counts nowhere. With `connectionId` it carries only what that seller shares.
 */
export async function testDestination(actor: Actor, input: unknown, tx?: Tx): Promise<Result<DestinationTest>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(TestDestinationInput, input)
  if (!parsed.ok) return parsed
  const found = await readDestination(tx ?? db(), actor, parsed.value.id)
  if (!found.ok) return found
  const coming = await comingThrough(actor, parsed.value.connectionId)
  if (!coming.ok) return coming
  const { integration, config } = found.value
  const test = await runTest(actor, integration, config, coming.value)
  return transact((run) => keep(run, actor, found.value, test), tx)
}
