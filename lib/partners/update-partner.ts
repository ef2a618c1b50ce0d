import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Tx } from '../../db/client'
import { partners } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { sameJson, withLimits } from '../flows/index'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { isTaken, lockPartner, type PartnerRow, takenName } from './own-partner'
import { connectionsOf, summarise } from './queries'
import { type PartnerSummary, UpdatePartnerInput } from './schema'

type Changes = Partial<Omit<z.output<typeof UpdatePartnerInput>, 'id'>>
type Key = keyof Changes

/** What leads are decided by. */
const decisive: readonly Key[] = ['status', 'caps', 'schedule']

/** What is given and not so already. */
function realChanges(row: PartnerRow, given: Changes): Changes {
  const changes = Object.entries(given).filter(
    ([key, value]) => value !== undefined && !sameJson(row[key as Key], value),
  )
  return Object.fromEntries(changes) as Changes
}

function actionOf(changes: Changes): string {
  const [only, another] = Object.keys(changes)
  if (only !== 'status' || another !== undefined) return 'partner.update'
  return changes.status === 'paused' ? 'partner.pause' : 'partner.resume'
}

/**
 * Changes a partner's settings; what is not given stays. Limits, schedule and pause count from the next lead on, without
 * publishing.
 */
export async function updatePartner(actor: Actor, input: unknown, tx?: Tx): Promise<Result<PartnerSummary>> {
  const allowed = maySell(actor, 'Partners')
  if (!allowed.ok) return allowed
  const parsed = parseInput(UpdatePartnerInput, input)
  if (!parsed.ok) return parsed
  const { id, ...given } = parsed.value
  if (given.caps !== undefined) given.caps = withLimits(given.caps)
  return transact(async (run) => {
    const found = await lockPartner(run, actor, id)
    if (!found.ok) return found
    const before = found.value
    const connected = (await connectionsOf(run, [id])).get(id) ?? []
    const changes = realChanges(before, given as Changes)
    const keys = Object.keys(changes) as Key[]
    if (keys.length === 0) return ok(summarise(before, connected))
    if (changes.name !== undefined && (await isTaken(run, actor, changes.name, id))) return err(takenName(changes.name))
    if (keys.some((key) => decisive.includes(key))) await touchConfig(run, [actor.accountId])
    const [row] = await run
      .update(partners)
      .set({ ...changes, updatedAt: new Date() })
      .where(eq(partners.id, id))
      .returning()
    if (!row) throw new Error(`partner ${id} went while it was locked`)
    const part = (of: PartnerRow) => Object.fromEntries(keys.map((key) => [key, of[key]]))
    await recordAudit(run, actor, {
      action: actionOf(changes),
      subjectKind: 'partner',
      subjectId: id,
      before: part(before),
      after: part(row),
    })
    return ok(summarise(row, connected))
  }, tx)
}
