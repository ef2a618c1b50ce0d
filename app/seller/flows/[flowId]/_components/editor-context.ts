'use client'

import { createContext, use } from 'react'
import type { SaveState } from '@/components/flow/draft-store'
import type { Side } from '@/components/flow/merge-drafts'
import type { FlowDocument } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import type { EditorView, StepShare } from '../editor-view'
import type { Place, StepTab } from './places'
import type { DraftConflict } from './use-draft'

export type EditorShape = {
  view: EditorView
  /** The draft as edited now, which may be ahead of `view.flow.draft`. */
  document: FlowDocument
  /** What became of each step's leads in the last 24 hours. */
  shares: Record<string, StepShare>
  state: SaveState
  /** Forms that keep rows of their own take it into their key. */
  revision: number
  problems: readonly Problem[]
  change: (edit: (document: FlowDocument) => FlowDocument) => void
  undo: () => void
  redo: () => void
  can: { undo: boolean; redo: boolean }
  flush: () => Promise<boolean>
  /** Takes what a verb answered, the draft too when the verb or somebody else changed it. */
  adopt: (view: EditorView) => void
  /** Reads everything again: after a verb that changed it on the server. */
  reload: () => Promise<void>
  /** Asks how things stand, without a word when that fails. */
  look: () => Promise<void>
  conflict: DraftConflict | undefined
  resolve: (choices: Readonly<Record<string, Side>>) => void
  place: Place
  tab: StepTab
  go: (place: Place, tab?: StepTab, replace?: boolean) => void
  /** Goes to where a problem is mended, and puts the cursor there. */
  mend: (problem: Problem) => void
  /** Moves a step to another place, and says so. */
  moveTo: (id: string, index: number) => void
  /** Tells what happened to those who do not see it. */
  announce: (words: string) => void
}

export const EditorContext = createContext<EditorShape | undefined>(undefined)

export function useEditor(): EditorShape {
  const editor = use(EditorContext)
  if (!editor) throw new Error('useEditor outside the flow editor')
  return editor
}
