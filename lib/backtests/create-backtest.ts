import { and, eq, inArray, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { db, type Tx } from '../../db/client'
import { accounts, backtests, flowVersions } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import type { FlowDocument } from '../engine/index'
import { conflict, invalid, notFound } from '../errors'
import { loadDocument, loadDraft } from '../flows/index'
import { isUuid, uuidv7 } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { sealText } from '../secrets/index'
import { readRows } from './read-rows'
import { type BacktestAsked, CreateBacktestInput } from './schema'

const mostAtOnce = 3

type Asked = z.output<typeof CreateBacktestInput>

/** The document to try. A draft with errors is refused, as publishing it would be. */
async function documentOf(actor: Actor, { flowId, version, leads }: Asked): Promise<Result<FlowDocument>> {
  const draft = await loadDraft(flowId)
  if (!draft || draft.flow.accountId !== actor.accountId) return err(notFound('The flow'))
  if ('csv' in leads && leads.source_id !== undefined && !draft.sources.has(leads.source_id))
    return err(notFound('The source'))
  if (version === 'draft') return meant(draft)
  const document = await versionOf(flowId, version)
  if (!document) return err(notFound(`Version ${version}`))
  const loaded = await loadDocument(flowId, document)
  return loaded ? meant(loaded) : err(notFound('The flow'))
}

function meant({ live, problems }: NonNullable<Awaited<ReturnType<typeof loadDocument>>>): Result<FlowDocument> {
  if (live) return ok(live.document)
  const errors = problems.filter(({ severity }) => severity === 'error')
  return err(invalid('What you want to try has problems. Mend them first.', errors))
}

async function versionOf(flowId: string, version: number): Promise<FlowDocument | undefined> {
  const [row] = await db()
    .select({ document: flowVersions.document })
    .from(flowVersions)
    .where(and(eq(flowVersions.flowId, flowId), eq(flowVersions.version, version)))
  return row?.document
}

/** What is kept of the asking, and the file beside it. */
function kept({ leads, recorded, assume, assume_steps, all_ready }: Asked): { asked: BacktestAsked; file?: string } {
  const rest = { recorded, assume, assume_steps, all_ready }
  if (!('csv' in leads)) return { asked: { ...rest, leads } }
  const source = leads.source_id === undefined ? {} : { source_id: leads.source_id }
  return { asked: { ...rest, leads: { file: true, ...source } }, file: leads.csv }
}

/** One after another: two at the same time may not both be the last that is allowed. */
async function refuseMany(tx: Tx, accountId: string) {
  await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId)).for('update')
  const [open] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(backtests)
    .where(and(eq(backtests.accountId, accountId), inArray(backtests.status, ['waiting', 'running'])))
  return (open?.count ?? 0) >= mostAtOnce
    ? conflict(`${mostAtOnce} backtests are under way. Wait for one, or cancel it.`)
    : undefined
}

/**
 * Asks for a backtest: the worker runs it, `getBacktest` tells how far it is. Refuses a document with errors and a file
 * that can't be read (`invalid`), more than three under way (`conflict`), and what is not the actor's.
 */
export async function createBacktest(actor: Actor, input: unknown, tx?: Tx): Promise<Result<{ id: string }>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(CreateBacktestInput, input)
  if (!parsed.ok) return parsed
  if (!isUuid(parsed.value.flowId)) return err(notFound('The flow'))
  const document = await documentOf(actor, parsed.value)
  if (!document.ok) return document
  const { asked, file } = kept(parsed.value)
  const rows = file === undefined ? undefined : readRows(file)
  if (rows && !rows.ok) return rows
  const { flowId, version } = parsed.value
  const id = uuidv7()
  const place = { table: 'backtests', column: 'sealed_file', row: id }
  // Before the account is locked: its first data key needs a look at it.
  const sealedFile = file === undefined ? null : await sealText(actor.accountId, place, file)
  return transact(async (run) => {
    const refused = await refuseMany(run, actor.accountId)
    if (refused) return err(refused)
    await run.insert(backtests).values({
      id,
      accountId: actor.accountId,
      flowId,
      version: version === 'draft' ? null : version,
      document: document.value,
      asked,
      sealedFile,
      createdBy: actor.userId ?? null,
    })
    await recordAudit(run, actor, {
      action: 'backtest.create',
      subjectKind: 'flow',
      subjectId: flowId,
      after: { backtest: id, version, ...asked },
    })
    return ok({ id })
  }, tx)
}
