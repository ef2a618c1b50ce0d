'use client'

import { createContext, use } from 'react'
import type { FlowDocument } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import type { CatalogueView, EditorView, StepShare } from '../editor-view'
import type { Place, StepTab } from './places'
import type { SaveState } from './use-draft'

export type EditorShape = {
  view: EditorView
  /** The draft as edited now, which may be ahead of `view.flow.draft`. */
  document: FlowDocument
  catalogue: readonly CatalogueView[]
  /** What became of each step's leads in the last 24 hours. */
  shares: Record<string, StepShare>
  state: SaveState
  /** Forms that keep rows of their own take it into their key. */
  revision: number
  problems: readonly Problem[]
  change: (edit: (document: FlowDocument) => FlowDocument) => void
  flush: () => Promise<boolean>
  adopt: (view: EditorView, anew?: boolean) => void
  /** Reads everything again, the draft too: after a verb that changed it on the server. */
  reload: () => Promise<void>
  /** Asks how things stand, and takes the draft only when somebody else changed it. */
  look: () => Promise<void>
  place: Place
  tab: StepTab
  go: (place: Place, tab?: StepTab, replace?: boolean) => void
}

export const EditorContext = createContext<EditorShape | undefined>(undefined)

export function useEditor(): EditorShape {
  const editor = use(EditorContext)
  if (!editor) throw new Error('useEditor outside the flow editor')
  return editor
}
