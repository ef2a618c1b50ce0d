import { and, asc, eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { accounts, connections, partners } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { conflict } from '../errors'
import { isUuid } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { lockPartner } from './own-partner'
import { PartnerIdInput } from './schema'
import { holdFlows, usesOf } from './usage'

async function holdConnections(tx: Tx, { accountId }: Actor, partnerId: string) {
  if (!isUuid(partnerId)) return []
  return tx
    .select({ id: connections.id, status: connections.status, name: accounts.name })
    .from(connections)
    .innerJoin(accounts, eq(accounts.id, connections.buyerAccountId))
    .where(and(eq(connections.sellerAccountId, accountId), eq(connections.partnerId, partnerId)))
    .orderBy(asc(connections.id))
    .for('update', { of: connections })
}

/**
 * Takes a partner away. Refused while a connection that was not ended is its, or a live step or a source names it; a
 * draft that does gets a problem. To stop its leads for a while, pause it.
 */
export async function deletePartner(actor: Actor, input: unknown, tx?: Tx): Promise<Result<{ id: string }>> {
  const allowed = maySell(actor, 'Partners')
  if (!allowed.ok) return allowed
  const parsed = parseInput(PartnerIdInput, input)
  if (!parsed.ok) return parsed
  return transact(async (run) => {
    await holdFlows(run, actor)
    await holdConnections(run, actor, parsed.value.id)
    const found = await lockPartner(run, actor, parsed.value.id)
    if (!found.ok) return found
    const { id, accountId, name, type, caps } = found.value
    const connected = await holdConnections(run, actor, id)
    const open = connected.find(({ status }) => status !== 'revoked')
    if (open) {
      return err(
        conflict(
          `${name} is connected to you as ${open.name}. End that connection, or give it to another partner, first.`,
        ),
      )
    }
    const live = (await usesOf(run, { id, accountId }, [])).filter((use) => use.live)
    if (live.length > 0) {
      const using = live.map((use) => `${use.flowName} › ${use.name}`).join(', ')
      return err(conflict(`Leads meet this partner in ${using}. Take it out there first, and publish.`))
    }
    await run.update(connections).set({ partnerId: null }).where(eq(connections.partnerId, id))
    await run.delete(partners).where(eq(partners.id, id))
    await recordAudit(run, actor, {
      action: 'partner.delete',
      subjectKind: 'partner',
      subjectId: id,
      before: { name, type, caps },
    })
    return ok({ id })
  }, tx)
}
