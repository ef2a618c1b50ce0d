import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { sources } from '../../db/schema/index'
import type { Actor } from '../actor'
import { env } from '../env'
import { notFound } from '../errors'
import { isUuid, newToken } from '../ids'
import { err, ok, type Result } from '../result'
import type { SourceView } from './schema'

export type SourceRow = typeof sources.$inferSelect

/** A source as its account sees it, with the addresses to give to whoever submits. */
export function viewSource(
  row: Omit<SourceRow, 'keyHash' | 'connectionId' | 'accountId' | 'webhookSecret'>,
): SourceView {
  const base = `${env().baseUrl}/flows/${row.flowId}/sources/${row.id}`
  return {
    id: row.id,
    flowId: row.flowId,
    name: row.name,
    kind: row.kind,
    enabled: row.enabled,
    authenticationRequired: row.authenticationRequired,
    keyLastFour: row.keyLastFour,
    settings: row.settings,
    submitUrl: `${base}/submit`,
    pingUrl: `${base}/ping`,
    docsUrl: `${base}/docs`,
    createdAt: row.createdAt.toISOString(),
  }
}

/** A new source key: shown once, kept as its SHA-256 and last four characters. */
export function newSourceKey(): { key: string; keyHash: Buffer; keyLastFour: string } {
  const key = `src_${newToken()}`
  return { key, keyHash: createHash('sha256').update(key).digest(), keyLastFour: key.slice(-4) }
}

/** The actor's source of this flow, locked until the transaction ends. */
export async function lockSource(tx: Tx, actor: Actor, flowId: string, sourceId: string): Promise<Result<SourceRow>> {
  if (!isUuid(flowId) || !isUuid(sourceId)) return err(notFound('Source'))
  const [row] = await tx
    .select()
    .from(sources)
    .where(and(eq(sources.id, sourceId), eq(sources.flowId, flowId), eq(sources.accountId, actor.accountId)))
    .for('update')
  return row ? ok(row) : err(notFound('Source'))
}
