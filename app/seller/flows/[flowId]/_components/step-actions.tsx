'use client'

import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { toast } from 'sonner'
import { insertStep, moveStep } from '@/components/flow/draft-document'
import { Button } from '@/components/ui/button'
import { Tooltip } from '@/components/ui/tooltip'
import type { Step } from '@/lib/engine/schema'
import { useEditor } from './editor-context'

/** Moves a step up and down, or takes it out (which can be undone). */
export function StepActions({ step, index }: { step: Step; index: number }) {
  const { document, change, go, view } = useEditor()
  function remove() {
    change((now) => ({ ...now, steps: now.steps.filter(({ id }) => id !== step.id) }))
    go({ kind: 'start' }, undefined, true)
    toast(`${step.name} removed from the draft`, {
      action: {
        label: 'Undo',
        onClick: () => {
          change((now) => insertStep(now, step, Math.min(index, now.steps.length)))
          go({ kind: 'step', id: step.id })
        },
      },
    })
  }
  return (
    <fieldset disabled={!view.canEdit} className="flex items-center gap-0.5">
      <legend className="sr-only">This step</legend>
      <Tooltip content="Move up" shortcut="Alt ↑">
        <Button
          variant="ghost"
          size="icon"
          aria-label="Move step up"
          disabled={index === 0}
          onClick={() => change((now) => moveStep(now, step.id, -1))}
        >
          <ArrowUp />
        </Button>
      </Tooltip>
      <Tooltip content="Move down" shortcut="Alt ↓">
        <Button
          variant="ghost"
          size="icon"
          aria-label="Move step down"
          disabled={index === document.steps.length - 1}
          onClick={() => change((now) => moveStep(now, step.id, 1))}
        >
          <ArrowDown />
        </Button>
      </Tooltip>
      <Tooltip content="Remove">
        <Button variant="ghost" size="icon" aria-label="Remove step" onClick={remove}>
          <Trash2 />
        </Button>
      </Tooltip>
    </fieldset>
  )
}
