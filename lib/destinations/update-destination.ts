import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { db, type Tx } from '../../db/client'
import { destinations } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { mayConfigure } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { connectionsTo } from '../connections/index'
import type { DestinationConfig, DestinationTest } from '../engine/index'
import { conflict, invalid } from '../errors'
import { auditable, sameJson } from '../flows/index'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { secretNames } from '../secrets/index'
import { failedChecks } from './checks'
import { type DestinationRow, isTaken, lockDestination, readDestination, touchWithSellers } from './own-destination'
import { checkAddress, checkPermissions, configIssues, problemsOf, takenName } from './rules'
import { runTest } from './run-test'
import { urlOfSettings } from './sandbox'
import { type DestinationView, UpdateDestinationInput } from './schema'
import { dropOldSecrets, sealConfig } from './seal-config'
import { viewDestination } from './views'

type Changes = z.output<typeof UpdateDestinationInput>
type Plan = { row: DestinationRow; config: DestinationConfig; changed: boolean; test?: DestinationTest }

/** The sandbox's endpoint and answer are its own: only its settings, mappings and required fields can change. */
function nextConfig(row: DestinationRow, { config = {}, settings, email }: Changes): DestinationConfig {
  const present = row.config
  if (row.integration === 'email') return { ...present, ...(email && { email }) }
  const endpoint = config.endpoint ?? present.endpoint
  const next = {
    endpoint,
    request: config.request ?? present.request,
    response: config.response ?? present.response,
    required_fields: config.required_fields ?? present.required_fields,
  }
  const ping = config.ping === undefined ? present.ping : config.ping
  if (row.integration !== 'sandbox') return { ...next, ...(ping && { ping }) }
  const url = settings ? urlOfSettings(settings) : present.endpoint.url
  return { ...next, endpoint: { ...present.endpoint, url }, response: present.response }
}

async function checkChange(
  actor: Actor,
  row: DestinationRow,
  config: DestinationConfig,
  changes: Changes,
): Promise<Result<true>> {
  if (changes.config?.ping && row.integration !== 'webhook') {
    const message = 'Only a webhook is pinged: nobody can be asked for a bid here.'
    return err(invalid(message, [{ path: 'config.ping', message }]))
  }
  const address = checkAddress(row.integration, config, changes.insecureConfirmed ?? row.insecureConfirmed)
  if (!address.ok) return address
  const known = { secretNames: await secretNames(actor.accountId) }
  const wrong = configIssues(problemsOf({ integration: row.integration, config }, known))
  if (wrong) return err(invalid('This destination could not deliver.', wrong))
  return checkPermissions(await connectionsTo(db(), actor.accountId, [row.id]), row.config, config)
}

/** Everything that takes time or can be refused, before the transaction. What is live is tested as it will be. */
async function prepare(actor: Actor, changes: Changes): Promise<Result<Plan>> {
  const found = await readDestination(db(), actor, changes.id)
  if (!found.ok) return found
  const row = found.value
  const config = nextConfig(row, changes)
  const may = await checkChange(actor, row, config, changes)
  if (!may.ok) return may
  const changed = !sameJson(config, row.config)
  if (!changed || row.status !== 'live') return ok({ row, config, changed })
  const test = await runTest(actor, row.integration, config)
  if (test.passed) return ok({ row, config, changed, test })
  const issues = failedChecks(test).map(({ name, message }) => ({ path: 'config', message: `${name}: ${message}` }))
  return err(invalid('A test lead did not get through with these changes, so the present configuration stays.', issues))
}

/** A live destination stays live with the test it has just passed; any other has to be tested anew. */
function standing({ row, changed, test }: Plan) {
  if (!changed) return {}
  if (test) return { lastTest: test, testedAt: new Date(test.at), status: row.status }
  return { lastTest: null, testedAt: null, acknowledgedAt: null, status: 'draft' as const }
}

async function save(tx: Tx, actor: Actor, plan: Plan, changes: Changes): Promise<Result<DestinationView>> {
  const locked = await lockDestination(tx, actor, changes.id)
  if (!locked.ok) return locked
  const before = locked.value
  if (!sameJson(before.config, plan.row.config) || before.status !== plan.row.status) {
    return err(
      conflict('This destination was changed by someone else meanwhile. Look at it again, then repeat your change.'),
    )
  }
  await touchWithSellers(tx, actor, before.id)
  const sealed = await sealConfig(tx, actor.accountId, plan.config, before.config)
  if (!sealed.ok) return sealed
  const [row] = await tx
    .update(destinations)
    .set({
      name: changes.name ?? before.name,
      description: changes.description ?? before.description,
      insecureConfirmed: changes.insecureConfirmed ?? before.insecureConfirmed,
      config: sealed.value,
      ...standing(plan),
      updatedAt: new Date(),
    })
    .where(eq(destinations.id, before.id))
    .returning()
  if (!row) throw new Error(`destination ${before.id} went while it was locked`)
  await dropOldSecrets(tx, actor.accountId, before.config, row.config)
  await recordAudit(tx, actor, {
    action: 'destination.update',
    subjectKind: 'destination',
    subjectId: row.id,
    before: auditable({
      name: before.name,
      description: before.description,
      status: before.status,
      config: before.config,
    }),
    after: auditable({ name: row.name, description: row.description, status: row.status, config: row.config }),
  })
  return ok(await viewDestination(tx, actor, row))
}

/**
 * Changes a destination. A live one is tested with the change first and stays as it is when the test lead does not get
 * through; one that is not live has to be tested and acknowledged again. Refuses what `createDestination` refuses, and
 * what a connected seller does not allow.
 */
export async function updateDestination(actor: Actor, input: unknown, tx?: Tx): Promise<Result<DestinationView>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(UpdateDestinationInput, input)
  if (!parsed.ok) return parsed
  const plan = await prepare(actor, parsed.value)
  if (!plan.ok) return plan
  try {
    return await transact((run) => save(run, actor, plan.value, parsed.value), tx)
  } catch (error) {
    if (!isTaken(error)) throw error
    const words = takenName(parsed.value.name ?? plan.value.row.name)
    return err(conflict(words, [{ path: 'name', message: words }]))
  }
}
