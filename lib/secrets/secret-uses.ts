import { and, eq, isNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, type Executor } from '../../db/client'
import { destinations, flows, flowVersions } from '../../db/schema/index'
import type { SecretUse } from './schema'

/** `secret.NAME` or `secret["NAME"]`, the whole name; it holds nothing that means something in a pattern. */
const patternOf = (name: string): string => String.raw`\msecret(\.|\[\\?["'])${name}\M`

/** Where an account's drafts, live flows and destinations write a secret by name. */
export async function usesOf(accountId: string, name: string, exec: Executor = db()): Promise<SecretUse[]> {
  const pattern = patternOf(name)
  const live = alias(flowVersions, 'live')
  const inFlows = await exec
    .select({ id: flows.id, name: flows.name })
    .from(flows)
    .leftJoin(live, and(eq(live.flowId, flows.id), eq(live.version, flows.liveVersion)))
    .where(
      and(
        eq(flows.accountId, accountId),
        or(sql`${flows.draft}::text ~ ${pattern}`, sql`${live.document}::text ~ ${pattern}`),
      ),
    )
    .orderBy(flows.name)
  const inDestinations = await exec
    .select({ id: destinations.id, name: destinations.name })
    .from(destinations)
    .where(
      and(
        eq(destinations.accountId, accountId),
        isNull(destinations.deletedAt),
        sql`${destinations.config}::text ~ ${pattern}`,
      ),
    )
    .orderBy(destinations.name)
  return [
    ...inFlows.map((flow) => ({ kind: 'flow' as const, ...flow })),
    ...inDestinations.map((destination) => ({ kind: 'destination' as const, ...destination })),
  ]
}
