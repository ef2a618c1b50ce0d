import type { Tx } from '../../db/client'
import { partners } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { withLimits } from '../flows/index'
import { uuidv7 } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { isTaken, takenName } from './own-partner'
import { summarise } from './queries'
import { CreatePartnerInput, type PartnerSummary } from './schema'

/** Makes the record of a counterparty: an introducer, a partner, or both. Its name is unique in the account. */
export async function createPartner(actor: Actor, input: unknown, tx?: Tx): Promise<Result<PartnerSummary>> {
  const allowed = maySell(actor, 'Partners')
  if (!allowed.ok) return allowed
  const parsed = parseInput(CreatePartnerInput, input)
  if (!parsed.ok) return parsed
  const { name } = parsed.value
  const given = { ...parsed.value, caps: withLimits(parsed.value.caps) }
  return transact(async (run) => {
    if (await isTaken(run, actor, name)) return err(takenName(name))
    const [row] = await run
      .insert(partners)
      .values({ id: uuidv7(), accountId: actor.accountId, ...given })
      .onConflictDoNothing()
      .returning()
    if (!row) return err(takenName(name))
    await recordAudit(run, actor, {
      action: 'partner.create',
      subjectKind: 'partner',
      subjectId: row.id,
      after: given,
    })
    return ok(summarise(row, []))
  }, tx)
}
