import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Executor } from '../../db/client'
import { destinations, flows, flowVersions } from '../../db/schema/index'
import type { SecretUse } from './schema'

/** `secret.NAME` or `secret["NAME"]`, the whole name. */
const written = String.raw`\msecret(?:\.|\[\\?["'])([A-Za-z]\w*)`

/** The names that a text writes, each once. */
const namesIn = (text: SQL) =>
  sql<string[]>`array(select distinct found[1] from regexp_matches(${text}, ${written}, 'g') as found)`

/** Where an account's drafts, live flows and destinations write its secrets, by their names. */
export async function secretUses(exec: Executor, accountId: string): Promise<Map<string, SecretUse[]>> {
  const live = alias(flowVersions, 'live')
  const inFlows = await exec
    .select({
      id: flows.id,
      name: flows.name,
      secrets: namesIn(sql`concat(${flows.draft}, ' ', ${live.document})`),
    })
    .from(flows)
    .leftJoin(live, and(eq(live.flowId, flows.id), eq(live.version, flows.liveVersion)))
    .where(eq(flows.accountId, accountId))
    .orderBy(flows.name)
  const inDestinations = await exec
    .select({ id: destinations.id, name: destinations.name, secrets: namesIn(sql`${destinations.config}::text`) })
    .from(destinations)
    .where(and(eq(destinations.accountId, accountId), isNull(destinations.deletedAt)))
    .orderBy(destinations.name)
  const uses = new Map<string, SecretUse[]>()
  const note = (kind: SecretUse['kind']) => (row: { id: string; name: string; secrets: string[] }) => {
    for (const secret of row.secrets)
      uses.set(secret, [...(uses.get(secret) ?? []), { kind, id: row.id, name: row.name }])
  }
  inFlows.forEach(note('flow'))
  inDestinations.forEach(note('destination'))
  return uses
}
