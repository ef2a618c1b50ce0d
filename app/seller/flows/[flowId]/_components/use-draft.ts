'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { type DraftConflict as ConflictOf, type DraftSnapshot, DraftStore } from '@/components/flow/draft-store'
import type { FlowDocument } from '@/lib/engine/schema'
import { readEditorAction, saveDraftAction } from '../actions'
import type { EditorView } from '../editor-view'
import type { Place, StepTab } from './places'

/** Where a person was when something was changed: undoing goes back there. */
export type Whereabouts = { place: Place; tab: StepTab }
export type DraftConflict = ConflictOf<EditorView>

/**
 * What this tab knew last of each flow. Going back shows a page as it was rendered first: starting from that would
 * undo what was saved since.
 */
const lastKnown = new Map<string, EditorView>()

function newerOf(initial: EditorView): EditorView {
  const known = lastKnown.get(initial.flow.id)
  return known && known.flow.draftRevision > initial.flow.draftRevision ? known : initial
}

type Watch = {
  /** A draft that was changed elsewhere was taken in. */
  onOthers: (view: EditorView, before: FlowDocument) => void
  /** Where the person is now, for undo. */
  whereabouts: () => Whereabouts | undefined
}

type Draft = DraftSnapshot<EditorView> &
  Pick<DraftStore<EditorView, Whereabouts>, 'change' | 'travel' | 'flush' | 'receive' | 'resolve'>

/** The draft under edit, in React's words. */
export function useDraft(rendered: EditorView, watch: Watch): Draft {
  const flowId = rendered.flow.id
  const [store] = useState(
    () =>
      new DraftStore<EditorView, Whereabouts>(newerOf(rendered), {
        ...watch,
        save: (document, revision) => saveDraftAction({ flowId, document, revision }),
        read: () => readEditorAction({ flowId }),
      }),
  )
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot)
  useEffect(() => void lastKnown.set(flowId, snapshot.view), [flowId, snapshot.view])
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (store.isUnsaved) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      if (store.isUnsaved) void store.flush()
    }
  }, [store])
  const { change, travel, flush, receive, resolve } = store
  return { ...snapshot, change, travel, flush, receive, resolve }
}
