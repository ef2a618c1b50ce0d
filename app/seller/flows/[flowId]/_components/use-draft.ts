'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { adoptSecrets } from '@/components/flow/draft-document'
import type { FlowDocument } from '@/lib/engine/schema'
import { type Refusal, unavailable } from '@/lib/errors'
import type { Result } from '@/lib/result'
import { saveDraftAction } from '../actions'
import type { EditorView } from '../editor-view'

export type SaveState =
  | { kind: 'saved'; atMs: number }
  | { kind: 'waiting' }
  | { kind: 'saving' }
  | { kind: 'failed'; refusal: Refusal }

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

/**
 * What this tab knew last of each flow. Going back shows a page as it was rendered first: starting from that would
 * undo what was saved since.
 */
const lastKnown = new Map<string, EditorView>()

function newerOf(initial: EditorView): EditorView {
  const known = lastKnown.get(initial.flow.id)
  return known && known.flow.draftSavedAt > initial.flow.draftSavedAt ? known : initial
}

/**
 * The draft under edit. Changes show at once and are saved after a pause, one save at a time; the newest document
 * always wins. `view` is what the server said last.
 */
export function useDraft(rendered: EditorView) {
  const [initial] = useState(() => newerOf(rendered))
  const [view, setView] = useState(initial)
  const [document, setDocument] = useState(initial.flow.draft)
  const [state, setState] = useState<SaveState>({ kind: 'saved', atMs: Date.parse(initial.flow.draftSavedAt) })
  /** Rises when the document comes from the server anew: forms start over from it. */
  const [revision, setRevision] = useState(0)
  const latest = useRef(document)
  const isDirty = useRef(false)
  const saving = useRef<Promise<boolean>>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const put = useCallback((next: FlowDocument) => {
    latest.current = next
    setDocument(next)
  }, [])

  const saveAll = useCallback(async () => {
    while (isDirty.current) {
      const sent = latest.current
      isDirty.current = false
      setState({ kind: 'saving' })
      const result = await attempt(() => saveDraftAction({ flowId: initial.flow.id, document: sent }))
      if (!result.ok) {
        isDirty.current = true
        setState({ kind: 'failed', refusal: result.error })
        return false
      }
      lastKnown.set(result.value.flow.id, result.value)
      setView(result.value)
      put(adoptSecrets(latest.current, sent, result.value.flow.draft))
      setState(isDirty.current ? { kind: 'waiting' } : { kind: 'saved', atMs: Date.now() })
    }
    return true
  }, [initial.flow.id, put])

  /** Saves what is unsaved; false when that was refused. */
  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current)
    saving.current ??= saveAll().finally(() => {
      saving.current = undefined
    })
    return saving.current
  }, [saveAll])

  const change = useCallback(
    (edit: (document: FlowDocument) => FlowDocument) => {
      put(edit(latest.current))
      isDirty.current = true
      if (!saving.current) setState({ kind: 'waiting' })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), pauseMs)
    },
    [flush, put],
  )

  const isUnreachable = state.kind === 'failed' && state.refusal.kind === 'unavailable'
  useEffect(() => {
    if (!isUnreachable) return
    const again = setInterval(() => void flush(), retryMs)
    return () => clearInterval(again)
  }, [isUnreachable, flush])

  /** Takes what a verb answered; `anew` when the verb changed the draft itself. */
  const adopt = useCallback(
    (next: EditorView, anew = false) => {
      lastKnown.set(next.flow.id, next)
      setView(next)
      if (!anew || isDirty.current || saving.current) return
      put(next.flow.draft)
      setRevision((number) => number + 1)
    },
    [put],
  )

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (isDirty.current) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      if (isDirty.current) void flush()
    }
  }, [flush])

  return { view, document, state, revision, change, flush, adopt }
}
