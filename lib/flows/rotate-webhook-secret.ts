import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { sources } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { conflict } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { type CreatedSource, SourceIdInput } from './schema'
import { lockSource, viewSource } from './source-views'
import { newSigner } from './webhook-secret'

/** Gives a source's webhook a new signing secret, shown this once. Whatever is told from now on is signed with it. */
export async function rotateWebhookSecret(
  actor: Actor,
  input: unknown,
  tx?: Tx,
): Promise<Result<CreatedSource & { webhookSecret: string }>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(SourceIdInput, input)
  if (!parsed.ok) return parsed
  return transact(async (run) => {
    const found = await lockSource(run, actor, parsed.value.flowId, parsed.value.sourceId)
    if (!found.ok) return found
    const source = found.value
    if (!source.settings.webhook) return err(conflict('This source has no webhook. Give its address first.'))
    const { webhookSecret, text } = await newSigner(run, actor.accountId, source.webhookSecret)
    await run.update(sources).set({ webhookSecret }).where(eq(sources.id, source.id))
    await recordAudit(run, actor, {
      action: 'source.webhook.rotate',
      subjectKind: 'source',
      subjectId: source.id,
      after: {},
    })
    return ok({ ...viewSource(source), webhookSecret: text })
  }, tx)
}
