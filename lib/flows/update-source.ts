import { and, eq, ne } from 'drizzle-orm'
import type { z } from 'zod'
import type { Tx } from '../../db/client'
import { sources } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { checkSourceSettings } from '../engine/index'
import { conflict, invalid } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { lockFlow, type OwnFlow } from './own-flow'
import { resourcesFor } from './resources'
import { type CreatedSource, UpdateSourceInput } from './schema'
import { introducerProblems, mergeSettings, settingsRefusal, takenName, webhookProblems } from './source-rules'
import { lockSource, newSourceKey, type SourceRow, viewSource } from './source-views'
import { signerFor } from './webhook-secret'

async function isTaken(tx: Tx, source: SourceRow, name: string): Promise<boolean> {
  const [other] = await tx
    .select({ id: sources.id })
    .from(sources)
    .where(and(eq(sources.flowId, source.flowId), eq(sources.name, name), ne(sources.id, source.id)))
  return other !== undefined
}

const audited = ({ name, enabled, authenticationRequired, settings }: SourceRow) => ({
  name,
  enabled,
  authenticationRequired,
  settings,
})

type Changes = z.output<typeof UpdateSourceInput>

/** What the source becomes, or why it can't. */
async function changed(
  tx: Tx,
  flow: OwnFlow,
  source: SourceRow,
  changes: Changes,
): Promise<Result<Pick<SourceRow, 'name' | 'enabled' | 'authenticationRequired' | 'settings'>>> {
  const name = changes.name ?? source.name
  if (await isTaken(tx, source, name)) {
    return err(conflict(takenName(name), [{ path: 'name', message: takenName(name) }]))
  }
  const settings = mergeSettings(source.settings, changes.settings ?? {})
  if (!settings.ok) return settings
  const resources = await resourcesFor(tx, flow.accountId, [settings.value])
  const wrong = settingsRefusal([
    ...checkSourceSettings(flow.draft, settings.value, resources),
    ...webhookProblems(settings.value),
    ...(await introducerProblems(tx, flow.accountId, settings.value)),
  ])
  if (wrong) return err(invalid('These settings would not work.', wrong))
  return ok({
    name,
    enabled: changes.enabled ?? source.enabled,
    authenticationRequired: changes.authenticationRequired ?? source.authenticationRequired,
    settings: settings.value,
  })
}

/** The flow's lock comes first, so that two sources can't take the same name. */
async function lockBoth(tx: Tx, actor: Actor, flowId: string, sourceId: string) {
  const flow = await lockFlow(tx, actor, flowId)
  if (!flow.ok) return flow
  const source = await lockSource(tx, actor, flowId, sourceId)
  return source.ok ? ok({ flow: flow.value, source: source.value }) : source
}

/** Changes a source at once. Asking for authentication on a source that has no key makes one, shown this once. */
export async function updateSource(actor: Actor, input: unknown, tx?: Tx): Promise<Result<CreatedSource>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(UpdateSourceInput, input)
  if (!parsed.ok) return parsed
  const { flowId, sourceId } = parsed.value
  return transact(async (run) => {
    const locked = await lockBoth(run, actor, flowId, sourceId)
    if (!locked.ok) return locked
    const { flow, source } = locked.value
    const next = await changed(run, flow, source, parsed.value)
    if (!next.ok) return next
    const made = next.value.authenticationRequired && !source.keyHash ? newSourceKey() : undefined
    await touchConfig(run, [actor.accountId])
    const { webhookSecret, text } = await signerFor(run, actor.accountId, next.value.settings, source.webhookSecret)
    const key = made && { keyHash: made.keyHash, keyLastFour: made.keyLastFour }
    const [row] = await run
      .update(sources)
      .set({ ...next.value, ...key, webhookSecret })
      .where(eq(sources.id, sourceId))
      .returning()
    if (!row) throw new Error(`source ${sourceId} went while it was locked`)
    await recordAudit(run, actor, {
      action: 'source.update',
      subjectKind: 'source',
      subjectId: sourceId,
      before: audited(source),
      after: audited(row),
    })
    return ok({
      ...viewSource(row),
      ...(made && { key: made.key }),
      ...(text !== undefined && { webhookSecret: text }),
    })
  }, tx)
}
