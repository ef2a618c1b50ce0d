'use client'

import { useCallback, useEffect, useMemo, useRef } from 'react'
import { toast } from 'sonner'
import { Alert } from '@/components/ui/alert'
import { cn } from '@/components/ui/cn'
import { readEditorAction } from '../actions'
import type { CatalogueView, EditorView, StepShare } from '../editor-view'
import { EditorContext, type EditorShape } from './editor-context'
import { EditorHeader } from './editor-header'
import { FlowPath } from './flow-path'
import { Panel } from './panel'
import { addressOf } from './places'
import { useDraft } from './use-draft'
import { usePlace } from './use-place'

type EditorProps = { initial: EditorView; catalogue: readonly CatalogueView[]; shares: Record<string, StepShare> }

/** The flow editor: the path of a lead at the left, what is selected of it at the right. */
export function Editor({ initial, catalogue, shares }: EditorProps) {
  const { view, document, state, revision, change, flush, adopt } = useDraft(initial)
  const { place, tab, go } = usePlace()
  const savedAt = useRef(view.flow.draftSavedAt)
  savedAt.current = view.flow.draftSavedAt
  useEffect(() => {
    if (initial.flow.draftSavedAt >= savedAt.current) adopt(initial, initial.flow.draftSavedAt > savedAt.current)
  }, [initial, adopt])
  const flowId = initial.flow.id
  const reload = useCallback(async () => {
    const result = await readEditorAction({ flowId })
    if (result.ok) adopt(result.value, true)
    else toast.error(result.error.message)
  }, [flowId, adopt])
  const look = useCallback(async () => {
    const result = await readEditorAction({ flowId }).catch(() => undefined)
    if (!result?.ok || result.value.flow.draftSavedAt < savedAt.current) return
    adopt(result.value, result.value.flow.draftSavedAt > savedAt.current)
  }, [flowId, adopt])
  const editor = useMemo<EditorShape>(
    () => ({
      view,
      document,
      catalogue,
      shares,
      state,
      revision,
      problems: view.flow.problems,
      change,
      flush,
      adopt,
      reload,
      look,
      place,
      tab,
      go,
    }),
    [view, document, catalogue, shares, state, revision, change, flush, adopt, reload, look, place, tab, go],
  )
  const isStart = place.kind === 'start'
  return (
    <EditorContext value={editor}>
      <EditorHeader />
      {!view.canEdit && (
        <Alert className="mx-4 mt-4 sm:mx-6">
          You can look at this flow, but not change it. Ask an admin of the account for the role of a member.
        </Alert>
      )}
      <div className="grid min-w-0 flex-1 items-start lg:grid-cols-[23rem_minmax(0,1fr)]">
        <div
          className={cn(
            'min-w-0 px-4 py-5 sm:px-6 lg:sticky lg:top-27 lg:max-h-[calc(100dvh-6.75rem)] lg:overflow-y-auto lg:pr-3',
            !isStart && 'max-lg:hidden',
          )}
        >
          <FlowPath />
        </div>
        <div key={`${addressOf(place)} ${revision}`} className="min-w-0 animate-fade px-4 py-5 sm:px-6 lg:pl-3">
          <Panel />
        </div>
      </div>
    </EditorContext>
  )
}
