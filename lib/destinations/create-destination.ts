import type { z } from 'zod'
import type { Tx } from '../../db/client'
import { destinations } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { mayConfigure } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import type { DestinationConfig } from '../engine/index'
import { conflict, invalid } from '../errors'
import { auditable } from '../flows/index'
import { uuidv7 } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { secretNames } from '../secrets/index'
import { mailConfig, sandboxStarter } from './integrations'
import { checkAddress, configIssues, problemsOf, takenName } from './rules'
import { urlOfSettings } from './sandbox'
import { CreateDestinationInput, type DestinationView } from './schema'
import { sealConfig } from './seal-config'
import { viewDestination } from './views'

function configOf(input: z.output<typeof CreateDestinationInput>): DestinationConfig {
  if (input.integration === 'webhook') return input.config
  if (input.integration === 'email') return mailConfig(input.email)
  const starter = sandboxStarter()
  return {
    ...starter,
    endpoint: { ...starter.endpoint, url: urlOfSettings(input.settings) },
    request: input.config?.request ?? starter.request,
    required_fields: input.config?.required_fields ?? [],
  }
}

/**
 * Makes a destination of the account, not tested yet. Its credential is sealed; reading gives a reference. Refuses a
 * name that is taken, an address that can't be reached, plain http:// unless confirmed, and mappings that can't work.
 */
export async function createDestination(actor: Actor, input: unknown, tx?: Tx): Promise<Result<DestinationView>> {
  const allowed = mayConfigure(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(CreateDestinationInput, input)
  if (!parsed.ok) return parsed
  const { name, description, integration, insecureConfirmed = false } = parsed.value
  const config = configOf(parsed.value)
  const address = checkAddress(integration, config, insecureConfirmed)
  if (!address.ok) return address
  const known = { secretNames: await secretNames(actor.accountId, tx) }
  const wrong = configIssues(problemsOf({ integration, config }, known))
  if (wrong) return err(invalid('This destination could not deliver.', wrong))
  return transact(async (run) => {
    const sealed = await sealConfig(run, actor.accountId, config)
    if (!sealed.ok) return sealed
    const updatedAt = new Date()
    const [row] = await run
      .insert(destinations)
      .values({
        id: uuidv7(),
        accountId: actor.accountId,
        name,
        description,
        integration,
        config: sealed.value,
        insecureConfirmed,
        createdAt: updatedAt,
        updatedAt,
      })
      .onConflictDoNothing({ target: [destinations.accountId, destinations.name] })
      .returning()
    if (!row) return err(conflict(takenName(name), [{ path: 'name', message: takenName(name) }]))
    await recordAudit(run, actor, {
      action: 'destination.create',
      subjectKind: 'destination',
      subjectId: row.id,
      after: auditable({ name, description, integration, config: row.config }),
    })
    return ok(await viewDestination(run, actor, row))
  }, tx)
}
