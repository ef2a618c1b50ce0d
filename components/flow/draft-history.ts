import type { FlowDocument } from '@/lib/engine/schema'
import { mergeDrafts } from './merge-drafts'

type Entry<Where> = { before: FlowDocument; after: FlowDocument; at: number; path: string; where: Where | undefined }

export type Way = 'undo' | 'redo'

/** What undoing or redoing came to. `isPartial`: somebody changed the same since, and that was left alone. */
export type Stepped<Where> = { document: FlowDocument; where: Where | undefined; isPartial: boolean }

const longest = 100
/** Typing goes on as one change while no pause is longer. */
const pauseMs = 1_200

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The deepest place that holds all that differs. Edits share what they do not touch, so this is quick. */
function pathOfChange(a: unknown, b: unknown, path = ''): string {
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return path
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return `${path}#${a.length}#${b.length}`
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key])
  const [only] = keys
  return keys.length === 1 && only !== undefined ? pathOfChange(a[only], b[only], `${path}.${only}`) : path
}

/**
 * The changes of a draft, to be taken back and made again. Each is taken back as a change, not as a state: what others
 * did meanwhile stays. `Where` is where a person was then.
 */
export class DraftHistory<Where> {
  private past: Entry<Where>[] = []
  private future: Entry<Where>[] = []

  get can(): { undo: boolean; redo: boolean } {
    return { undo: this.past.length > 0, redo: this.future.length > 0 }
  }

  /** Remembers a change; one that goes on with the last, in the same place and without a pause, belongs to it. */
  record(before: FlowDocument, after: FlowDocument, where: Where | undefined, at = Date.now()): void {
    const path = pathOfChange(before, after)
    const last = this.past.at(-1)
    const isNext = last?.after === before && last.path === path && this.future.length === 0
    if (last && isNext && at - last.at < pauseMs) this.past[this.past.length - 1] = { ...last, after, at }
    else this.past = [...this.past, { before, after, at, path, where }].slice(-longest)
    this.future = []
  }

  /** What comes of the draft `now` when the last change is taken back, or made again; nothing when there is none. */
  step(now: FlowDocument, way: Way): Stepped<Where> | undefined {
    const entry = (way === 'undo' ? this.past : this.future).pop()
    if (!entry) return undefined
    const to = way === 'undo' ? this.future : this.past
    to.push(entry)
    const [was, is] = way === 'undo' ? [entry.after, entry.before] : [entry.before, entry.after]
    if (now === was) return { document: is, where: entry.where, isPartial: false }
    const { document, conflicts } = mergeDrafts(was, is, now, () => 'theirs')
    return { document, where: entry.where, isPartial: conflicts.length > 0 }
  }

  /** Every state that is remembered, changed alike: a secret that was saved is a reference in all of them. */
  rewrite(change: (document: FlowDocument) => FlowDocument): void {
    const all = (entries: Entry<Where>[]) =>
      entries.map((entry) => ({ ...entry, before: change(entry.before), after: change(entry.after) }))
    this.past = all(this.past)
    this.future = all(this.future)
  }
}
