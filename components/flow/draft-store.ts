import type { FlowDocument } from '@/lib/engine/schema'
import { type Refusal, unavailable } from '@/lib/errors'
import type { Result } from '@/lib/result'
import { adoptSecrets } from './draft-document'
import { DraftHistory, type Stepped, type Way } from './draft-history'
import { type Conflict, mergeDrafts, type Side } from './merge-drafts'

export type SaveState =
  | { kind: 'saved'; atMs: number }
  | { kind: 'waiting' }
  | { kind: 'saving' }
  | { kind: 'failed'; refusal: Refusal }
  /** Somebody changed the same parts of the draft: nothing is saved until a person has chosen. */
  | { kind: 'conflict' }

/** What the server says of a flow, as far as the draft is concerned. */
type ViewOfDraft = { flow: { id: string; draft: FlowDocument; draftRevision: number; draftSavedAt: string } }

/** Two drafts made of one, that can't both be kept. */
export type DraftConflict<View> = { base: FlowDocument; mine: FlowDocument; theirs: View; parts: Conflict[] }

export type DraftSnapshot<View> = {
  /** What the server said last. */
  view: View
  document: FlowDocument
  state: SaveState
  /** Rises when the document comes from elsewhere: forms start over from it. */
  revision: number
  conflict: DraftConflict<View> | undefined
  can: { undo: boolean; redo: boolean }
}

type Saved<View> = { saved: { document: FlowDocument; revision: number }; view: View }

type Calls<View, Where> = {
  save: (document: FlowDocument, revision: number) => Promise<Result<Saved<View>>>
  read: () => Promise<Result<View>>
  /** Where the person is now, for undo. */
  whereabouts: () => Where | undefined
  /** A draft that was changed elsewhere was taken in. */
  onOthers: (view: View, before: FlowDocument) => void
}

const pauseMs = 600
const retryMs = 5_000
const unreachable = unavailable('Baton could not be reached.')

async function attempt<T>(call: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call()
  } catch {
    return { ok: false, error: unreachable }
  }
}

const isOvertaken = ({ kind, issues }: Refusal) => kind === 'conflict' && issues?.[0]?.path === 'revision'

/**
 * The draft under edit. Changes show at once and are saved after a pause, one save at a time, each on top of the
 * revision it is based on. What others saved meanwhile is merged in; where both changed the same part, a person
 * chooses.
 */
export class DraftStore<View extends ViewOfDraft, Where> {
  private readonly calls: Calls<View, Where>
  private readonly history = new DraftHistory<Where>()
  private readonly listeners = new Set<() => void>()
  private now: DraftSnapshot<View>
  /** The draft as both sides knew it last, and its revision. */
  private base: { document: FlowDocument; revision: number }
  private isDirty = false
  private saving: Promise<boolean> | undefined
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(view: View, calls: Calls<View, Where>) {
    const { draft, draftRevision, draftSavedAt } = view.flow
    this.calls = calls
    this.base = { document: draft, revision: draftRevision }
    const state = { kind: 'saved', atMs: Date.parse(draftSavedAt) } as const
    this.now = { view, document: draft, state, revision: 0, conflict: undefined, can: this.history.can }
  }

  readonly snapshot = (): DraftSnapshot<View> => this.now

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  get isUnsaved(): boolean {
    return this.isDirty || this.saving !== undefined
  }

  private set(part: Partial<DraftSnapshot<View>>): void {
    this.now = { ...this.now, ...part, can: this.history.can }
    for (const listener of this.listeners) listener()
  }

  private put(document: FlowDocument): void {
    this.set({ document, revision: this.now.revision + 1 })
  }

  readonly change = (edit: (document: FlowDocument) => FlowDocument): void => {
    const before = this.now.document
    const document = edit(before)
    if (document === before) return
    this.history.record(before, document, this.calls.whereabouts())
    this.set({ document })
    this.touched()
  }

  /** Takes the last change back, or makes it again; answers where that was. */
  readonly travel = (way: Way): Stepped<Where> | undefined => {
    const stepped = this.history.step(this.now.document, way)
    if (!stepped) return undefined
    this.put(stepped.document)
    this.touched()
    return stepped
  }

  private touched(): void {
    this.isDirty = true
    if (this.now.conflict) return
    if (!this.saving) this.set({ state: { kind: 'waiting' } })
    this.saveIn(pauseMs)
  }

  private saveIn(ms: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.flush(), ms)
  }

  /** Saves what is unsaved; false when that was refused. */
  readonly flush = async (): Promise<boolean> => {
    clearTimeout(this.timer)
    if (!this.isDirty && !this.saving) return this.now.conflict === undefined
    this.saving ??= this.saveAll().finally(() => {
      this.saving = undefined
    })
    return this.saving
  }

  private async saveAll(): Promise<boolean> {
    while (this.isDirty && !this.now.conflict) {
      const refusal = await this.saveOnce()
      const problem = refusal && isOvertaken(refusal) ? await this.catchUp() : refusal
      if (!problem) continue
      this.set({ state: { kind: 'failed', refusal: problem } })
      if (problem.kind === 'unavailable') this.saveIn(retryMs)
      return false
    }
    if (this.now.conflict) return false
    this.set({ state: { kind: 'saved', atMs: Date.now() } })
    return true
  }

  private async saveOnce(): Promise<Refusal | undefined> {
    const sent = this.now.document
    this.isDirty = false
    this.set({ state: { kind: 'saving' } })
    const result = await attempt(() => this.calls.save(sent, this.base.revision))
    if (!result.ok) {
      this.isDirty = true
      return result.error
    }
    const { saved, view } = result.value
    this.base = saved
    const adopt = (document: FlowDocument) => adoptSecrets(document, sent, saved.document)
    this.history.rewrite(adopt)
    this.set({ view, document: adopt(this.now.document) })
    this.takeIn(view)
    return undefined
  }

  /** Somebody was faster: puts our changes on top of theirs. */
  private async catchUp(): Promise<Refusal | undefined> {
    const read = await attempt(this.calls.read)
    if (!read.ok) return read.error
    this.set({ view: read.value })
    this.takeIn(read.value)
    return undefined
  }

  /** Takes what the server said; the draft only when it is news. */
  readonly receive = (view: View): void => {
    if (view.flow.draftRevision < this.base.revision) return
    this.set({ view })
    // A save on its way finds out by itself.
    if (!this.saving && !this.now.conflict) this.takeIn(view)
  }

  private takeIn(view: View): void {
    const { draft, draftRevision } = view.flow
    if (draftRevision <= this.base.revision) return
    const before = this.base.document
    const mine = this.now.document
    const merged = this.isDirty ? mergeDrafts(before, mine, draft) : { document: draft, conflicts: [] }
    if (merged.conflicts.length > 0) {
      const conflict = { base: before, mine, theirs: view, parts: merged.conflicts }
      this.set({ conflict, state: { kind: 'conflict' } })
      return
    }
    this.base = { document: draft, revision: draftRevision }
    this.calls.onOthers(view, before)
    this.put(merged.document)
  }

  /** Ends a conflict by what a person chose for each part. */
  readonly resolve = (choices: Readonly<Record<string, Side>>): void => {
    const { conflict } = this.now
    if (!conflict) return
    const { draft, draftRevision } = conflict.theirs.flow
    const { document } = mergeDrafts(conflict.base, this.now.document, draft, (key) => choices[key] ?? 'mine')
    this.base = { document: draft, revision: draftRevision }
    this.set({ conflict: undefined })
    this.put(document)
    this.touched()
    void this.flush()
  }
}
