import { pool } from '../../db/client'
import { knowBreakers } from '../breakers/index'
import { type PackedLead, type Run, unpackLead } from '../engine/index'
import { type LoadedFlow, loadDraft, loadFlow, loadVersion } from '../flows/index'
import { sourceOfRun } from './console-source'
import type { Job, SavedState } from './job'
import { unsealer } from './sealing'

const savedLead = `select data from leads where id = $1::uuid and account_id = $2::uuid`

/** A run that this process took up, as it was saved. */
export type Orphan = { lead_id: string; account_id: string; source_id: string; body_hash: Buffer | null; state: string }

/** The version that a run began with; for one that is tried again after its end, what is published now. */
export function loadFor({ flowId, version }: SavedState): Promise<LoadedFlow | undefined> {
  if (version === 'live') return loadFlow(flowId)
  return version === 0 ? loadDraft(flowId) : loadVersion(flowId, version)
}

/**
 * The job of a run that was saved, with its flow as it is there now.
 * @param load where several of the same flow are revived at once, it may be loaded once for all.
 */
export async function revive(orphan: Orphan, load = loadFor): Promise<Job> {
  await knowBreakers()
  const state = JSON.parse(orphan.state) as SavedState
  const flow = await load(state)
  const [row] = await pool().sql.unsafe<{ data: PackedLead }[]>(savedLead, [orphan.lead_id, orphan.account_id], {
    prepare: true,
  })
  const source = flow && sourceOfRun(flow, orphan.source_id)
  if (!flow?.live || !source || !row) throw new Error('the flow, the source or the lead of the run is gone')
  const open = await unsealer(orphan.account_id, orphan.lead_id)
  const packed: PackedLead = { ...row.data, ...state.changed }
  const run: Run = {
    ...state.run,
    appended: state.run.appended ?? {},
    lead: unpackLead(packed, open, state.run.receivedAt),
  }
  return {
    flow,
    source,
    compiled: flow.live.compiled,
    version: flow.live.version,
    run,
    packed,
    exchanges: state.exchanges,
    ...(state.logged !== undefined && { logged: state.logged }),
    bodyHash: orphan.body_hash ?? Buffer.alloc(0),
  }
}
