import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { accounts, flows } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { defaultDocument } from '../engine/index'
import { uuidv7 } from '../ids'
import { parseInput } from '../input'
import { ok, type Result } from '../result'
import { CreateFlowInput } from './schema'

/** Makes a flow with the usual fields and nothing published. Members of accounts that sell; refuses an empty name. */
export async function createFlow(actor: Actor, input: unknown, tx?: Tx): Promise<Result<{ id: string; name: string }>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(CreateFlowInput, input)
  if (!parsed.ok) return parsed
  const { name } = parsed.value
  return transact(async (run) => {
    const [account] = await run
      .select({ timeZone: accounts.timeZone })
      .from(accounts)
      .where(eq(accounts.id, actor.accountId))
    const id = uuidv7()
    await run.insert(flows).values({
      id,
      accountId: actor.accountId,
      name,
      timeZone: account?.timeZone ?? 'UTC',
      draft: defaultDocument(),
      draftSavedBy: actor.userId ?? null,
    })
    await recordAudit(run, actor, { action: 'flow.create', subjectKind: 'flow', subjectId: id, after: { name } })
    return ok({ id, name })
  }, tx)
}
