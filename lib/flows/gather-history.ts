import type { AuditEntry } from '../audit/index'
import { type Change, sameJson } from './diff-documents'
import type { HistoryEntry } from './schema'

const pauseMs = 15 * 60_000
const saved = 'flow.draft.save'

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isObject) : [])

function kindOf(before: unknown, after: unknown): Change['kind'] {
  if (before === undefined) return 'added'
  return after === undefined ? 'removed' : 'changed'
}

/** The changes of one save, as the log keeps them. */
function changesIn({ before, after }: AuditEntry): Change[] {
  const was = listOf(before)
  return listOf(after).map(({ path, text, after: is }, index) => {
    const old = was[index]?.['before']
    return {
      kind: kindOf(old, is),
      path: String(path),
      text: String(text),
      ...(old !== undefined && { before: old }),
      ...(is !== undefined && { after: is }),
    }
  })
}

/** A part keeps its name while it moves: what has an id is known by it. */
function keyOf({ path, before, after }: Change): string {
  const item = after ?? before
  const [root = ''] = path.split('.')
  const id = isObject(item) ? (item['id'] ?? item['name'] ?? item['from']) : undefined
  return path === root ? root : `${root}:${typeof id === 'string' ? id : path}`
}

/** An earlier and a later change of the same part, as one; nothing when the later took the earlier back. */
function joined(earlier: Change, later: Change): Change | undefined {
  const { before } = earlier
  const { after } = later
  // What the log hides (headers, queries) reads the same before and after: such a change stays.
  const isHidden = [earlier, later].some((one) => one.kind === 'changed' && sameJson(one.before, one.after))
  if (sameJson(before, after) && !isHidden) return undefined
  const kind = kindOf(before, after)
  return {
    kind,
    path: later.path,
    text: kind === later.kind ? later.text : earlier.text,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  }
}

/** The changes of saves that follow each other, oldest first, part by part. */
function net(saves: readonly AuditEntry[]): Change[] {
  const parts = new Map<string, Change>()
  for (const change of saves.flatMap(changesIn)) {
    const key = keyOf(change)
    const earlier = parts.get(key)
    const both = earlier ? joined(earlier, change) : change
    if (both) parts.set(key, both)
    else parts.delete(key)
  }
  return [...parts.values()]
}

const follows = (newer: AuditEntry, older: AuditEntry) =>
  newer.action === saved &&
  older.action === saved &&
  newer.who?.id === older.who?.id &&
  newer.via === older.via &&
  newer.at.getTime() - older.at.getTime() < pauseMs

function gathered(entries: readonly AuditEntry[]): AuditEntry[][] {
  const runs: AuditEntry[][] = []
  for (const entry of entries) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last && follows(last, entry)) run.push(entry)
    else runs.push([entry])
  }
  return runs
}

function entryOf(newest: AuditEntry, changes: Change[]): HistoryEntry {
  const version = isObject(newest.after) ? newest.after['version'] : undefined
  return {
    id: newest.id,
    at: newest.at.toISOString(),
    who: newest.who?.name ?? null,
    via: newest.via,
    action: newest.action,
    subjectId: newest.subjectId,
    changes,
    ...(typeof version === 'number' && { version }),
  }
}

/** Entries of the log, newest first, as a person reads them. With a `stepId` only what concerns that step is left. */
export function gatherHistory(entries: readonly AuditEntry[], stepId?: string): HistoryEntry[] {
  const isOfStep = (change: Change) => stepId === undefined || keyOf(change) === `steps:${stepId}`
  return gathered(entries).flatMap((run) => {
    const [newest] = run
    if (!newest) return []
    if (newest.action !== saved)
      return stepId === undefined || newest.subjectKind === 'step' ? [entryOf(newest, [])] : []
    const changes = net(run.toReversed()).filter(isOfStep)
    return changes.length > 0 ? [entryOf(newest, changes)] : []
  })
}
