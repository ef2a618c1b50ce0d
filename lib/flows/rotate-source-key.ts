import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { sources } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { parseInput } from '../input'
import { ok, type Result } from '../result'
import { type CreatedSource, SourceIdInput } from './schema'
import { lockSource, newSourceKey, viewSource } from './source-views'

/** Gives a source a new key, shown this once. The old one is refused from the next submission on. */
export async function rotateSourceKey(
  actor: Actor,
  input: unknown,
  tx?: Tx,
): Promise<Result<CreatedSource & { key: string }>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(SourceIdInput, input)
  if (!parsed.ok) return parsed
  return transact(async (run) => {
    const found = await lockSource(run, actor, parsed.value.flowId, parsed.value.sourceId)
    if (!found.ok) return found
    const source = found.value
    const { key, keyHash, keyLastFour } = newSourceKey()
    await touchConfig(run, [actor.accountId])
    await run.update(sources).set({ keyHash, keyLastFour }).where(eq(sources.id, source.id))
    await recordAudit(run, actor, {
      action: 'source.key.rotate',
      subjectKind: 'source',
      subjectId: source.id,
      before: { keyLastFour: source.keyLastFour },
      after: { keyLastFour },
    })
    return ok({ ...viewSource({ ...source, keyLastFour }), key })
  }, tx)
}
