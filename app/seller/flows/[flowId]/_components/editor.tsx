'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { toast } from 'sonner'
import { moveStepTo } from '@/components/flow/draft-document'
import { Alert } from '@/components/ui/alert'
import { cn } from '@/components/ui/cn'
import type { FlowDocument } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { diffDocuments } from '@/lib/flows/schema'
import { readEditorAction } from '../actions'
import type { EditorView, StepShare } from '../editor-view'
import { ConflictDialog } from './conflict-dialog'
import { EditorContext, type EditorShape } from './editor-context'
import { EditorHeader } from './editor-header'
import { FlowPath } from './flow-path'
import { focusProblem, keepFocus } from './focus-control'
import { Panel } from './panel'
import { addressOf, inPlace, placeOfProblem } from './places'
import { type DraftConflict, useDraft, type Whereabouts } from './use-draft'
import { usePlace } from './use-place'
import { useUndoKeys } from './use-undo-keys'

type EditorProps = { initial: EditorView; shares: Record<string, StepShare> }

/** Says who changed the draft while it was open here. */
function tellOfOthers({ flow, userId }: EditorView, before: FlowDocument): void {
  const by = flow.draftSavedBy
  if (!by || by.id === userId) return
  const changes = diffDocuments(before, flow.draft)
  const [first] = changes
  if (!first) return
  const more = changes.length > 1 ? `, and ${changes.length - 1} more` : ''
  toast(`${by.name} changed the draft`, { description: `${first.text}${more}` })
}

/** Reads the flow again: aloud about a failure, or silently now and then. */
function useReading(flowId: string, receive: (view: EditorView) => void) {
  const reload = useCallback(async () => {
    const result = await readEditorAction({ flowId })
    if (result.ok) receive(result.value)
    else toast.error(result.error.message)
  }, [flowId, receive])
  const look = useCallback(async () => {
    const result = await readEditorAction({ flowId }).catch(() => undefined)
    if (result?.ok) receive(result.value)
  }, [flowId, receive])
  useEffect(() => {
    const onReturn = () => {
      if (!document.hidden) void look()
    }
    document.addEventListener('visibilitychange', onReturn)
    return () => document.removeEventListener('visibilitychange', onReturn)
  }, [look])
  return { reload, look }
}

/** Everything that the parts of the editor share. */
function useEditing({ initial, shares }: EditorProps): EditorShape & { said: string } {
  const { place, tab, go } = usePlace()
  const here = useRef<Whereabouts>({ place, tab })
  here.current = { place, tab }
  const whereabouts = useCallback(() => here.current, [])
  const onOthers = useCallback((view: EditorView, before: FlowDocument) => {
    keepFocus()()
    tellOfOthers(view, before)
  }, [])
  const draft = useDraft(initial, { onOthers, whereabouts })
  const { view, document, change, receive, travel } = draft
  useEffect(() => receive(initial), [initial, receive])
  const { reload, look } = useReading(initial.flow.id, receive)
  const [said, announce] = useState('')
  const problems = useMemo(() => inPlace(view.flow.problems, document.steps), [view.flow.problems, document.steps])

  const step = useCallback(
    (way: 'undo' | 'redo') => {
      const restoreFocus = keepFocus()
      const stepped = travel(way)
      if (!stepped) return
      if (stepped.isPartial) toast('Somebody changed the same since; that part was left as it is.')
      announce(way === 'undo' ? 'Undone' : 'Done again')
      const { where } = stepped
      if (where && addressOf(where.place) !== addressOf(here.current.place)) go(where.place, where.tab, true)
      else restoreFocus()
    },
    [travel, go],
  )
  const mend = useCallback(
    (problem: Problem) => {
      const { place: at, tab: on } = placeOfProblem(problem.path, document.steps)
      go(at, on)
      focusProblem(problem.path)
    },
    [document.steps, go],
  )
  const moveTo = useCallback(
    (id: string, index: number) => {
      const next = moveStepTo(document, id, index)
      if (next === document) return
      change((now) => moveStepTo(now, id, index))
      const at = next.steps.findIndex((step) => step.id === id)
      announce(`${next.steps[at]?.name} is at position ${at + 1} of ${next.steps.length}`)
    },
    [document, change],
  )
  const undo = useCallback(() => step('undo'), [step])
  const redo = useCallback(() => step('redo'), [step])
  return {
    ...{ view, document, shares, problems, change, place, tab, go, reload, look, undo, redo, said },
    ...{ state: draft.state, revision: draft.revision, can: draft.can, flush: draft.flush },
    ...{ adopt: receive, conflict: draft.conflict, resolve: draft.resolve, mend, moveTo, announce },
  }
}

/** The flow editor: the path of a lead at the left, what is selected of it at the right. */
export function Editor(props: EditorProps) {
  const editor = useEditing(props)
  const { view, place, revision, said, undo, redo } = editor
  useUndoKeys(undo, redo)
  const isStart = place.kind === 'start'
  const [closed, setClosed] = useState<DraftConflict>()
  return (
    <EditorContext value={editor}>
      <EditorHeader onChoose={() => setClosed(undefined)} />
      <p role="status" className="sr-only">
        {said}
      </p>
      {!view.canEdit && (
        <Alert className="mx-4 mt-4 sm:mx-6">
          You can look at this flow, but not change it. Ask an admin of the account for the role of a member.
        </Alert>
      )}
      <div data-draft className="grid min-w-0 flex-1 items-start lg:grid-cols-[23rem_minmax(0,1fr)]">
        <div
          className={cn(
            'min-w-0 px-4 py-5 sm:px-6 lg:sticky lg:top-27 lg:max-h-[calc(100dvh-6.75rem)] lg:overflow-y-auto lg:pr-3',
            !isStart && 'max-lg:hidden',
          )}
        >
          <FlowPath />
        </div>
        <div
          key={`${addressOf(place)} ${revision}`}
          data-panel
          className="min-w-0 animate-fade px-4 py-5 sm:px-6 lg:pl-3"
        >
          <Panel />
        </div>
      </div>
      <ConflictDialog closed={closed} onClose={setClosed} />
    </EditorContext>
  )
}
