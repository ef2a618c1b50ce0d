import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { flows } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import type { FlowDocument } from '../engine/index'
import { notFound } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { lockFlow, newDraft, versionDocument } from './own-flow'
import { RestoreVersionInput } from './schema'

/** Puts an earlier version into the draft. Nothing that takes leads changes until it is published. */
export async function restoreVersion(
  actor: Actor,
  input: unknown,
  tx?: Tx,
): Promise<Result<{ document: FlowDocument }>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(RestoreVersionInput, input)
  if (!parsed.ok) return parsed
  const { flowId, version } = parsed.value
  return transact(async (run) => {
    const found = await lockFlow(run, actor, flowId)
    if (!found.ok) return found
    const document = await versionDocument(run, found.value, version)
    if (!document) return err(notFound('Version'))
    await run.update(flows).set(newDraft(actor, document)).where(eq(flows.id, found.value.id))
    await recordAudit(run, actor, {
      action: 'flow.restore',
      subjectKind: 'flow',
      subjectId: flowId,
      after: { version },
    })
    return ok({ document })
  }, tx)
}
