'use client'

import { useState, useTransition } from 'react'
import { toast } from 'sonner'
import { updateFlowAction } from '../actions'
import { useEditor } from './editor-context'

/** The flow's name, edited where it stands. */
export function FlowName() {
  const { view, adopt } = useEditor()
  const [typed, setTyped] = useState<string>()
  const [, start] = useTransition()
  const { id, name } = view.flow
  function save() {
    const next = typed?.trim()
    if (next === undefined || next === name || next === '') return setTyped(undefined)
    start(async () => {
      const result = await updateFlowAction({ flowId: id, name: next })
      if (result.ok) adopt(result.value)
      else toast.error(result.error.message)
      setTyped(undefined)
    })
  }
  return (
    <h1 className="relative min-w-0 font-semibold text-xl tracking-tight">
      <span aria-hidden className="invisible block max-w-full truncate whitespace-pre px-1.5">
        {(typed ?? name) || ' '}
      </span>
      <input
        aria-label="Name of the flow"
        value={typed ?? name}
        maxLength={120}
        disabled={!view.canEdit}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') setTyped(undefined)
        }}
        className="absolute inset-0 w-full truncate rounded-md bg-transparent px-1.5 hover:bg-hover focus-visible:bg-surface disabled:hover:bg-transparent"
      />
    </h1>
  )
}
