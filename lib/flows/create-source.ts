import type { Tx } from '../../db/client'
import { sources } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { checkSourceSettings } from '../engine/index'
import { conflict, invalid } from '../errors'
import { uuidv7 } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { lockFlow } from './own-flow'
import { resourcesFor } from './resources'
import { type CreatedSource, CreateSourceInput } from './schema'
import { introducerProblems, settingsRefusal, takenName, webhookProblems } from './source-rules'
import { newSourceKey, viewSource } from './source-views'
import { signerFor } from './webhook-secret'

/**
 * Adds a direct source to a flow: an address to submit to, at once. With `authenticationRequired` it gets a key, shown
 * this once. Refuses a name that the flow already has, and settings that would not work.
 */
export async function createSource(actor: Actor, input: unknown, tx?: Tx): Promise<Result<CreatedSource>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(CreateSourceInput, input)
  if (!parsed.ok) return parsed
  const { flowId, name, authenticationRequired, settings } = parsed.value
  return transact(async (run) => {
    const found = await lockFlow(run, actor, flowId)
    if (!found.ok) return found
    const resources = await resourcesFor(run, actor.accountId, [settings])
    const wrong = settingsRefusal([
      ...checkSourceSettings(found.value.draft, settings, resources),
      ...webhookProblems(settings),
      ...(await introducerProblems(run, actor.accountId, settings)),
    ])
    if (wrong) return err(invalid('These settings would not work.', wrong))
    await touchConfig(run, [actor.accountId])
    const made = authenticationRequired ? newSourceKey() : undefined
    const signer = await signerFor(run, actor.accountId, settings, null)
    const [row] = await run
      .insert(sources)
      .values({
        id: uuidv7(),
        accountId: actor.accountId,
        flowId,
        name,
        authenticationRequired,
        settings,
        webhookSecret: signer.webhookSecret,
        ...(made && { keyHash: made.keyHash, keyLastFour: made.keyLastFour }),
      })
      .onConflictDoNothing({ target: [sources.flowId, sources.name] })
      .returning()
    if (!row) return err(conflict(takenName(name), [{ path: 'name', message: takenName(name) }]))
    await recordAudit(run, actor, {
      action: 'source.create',
      subjectKind: 'source',
      subjectId: row.id,
      after: { flowId, name, authenticationRequired, settings },
    })
    return ok({
      ...viewSource(row),
      ...(made && { key: made.key }),
      ...(signer.text !== undefined && { webhookSecret: signer.text }),
    })
  }, tx)
}
