'use client'

import { ArrowDown, ArrowUp, Copy, Ellipsis, History, PenLine, Power, PowerOff, Trash2 } from 'lucide-react'
import { useState, useTransition } from 'react'
import { toast } from 'sonner'
import { insertStep, withStep } from '@/components/flow/draft-document'
import { DraftText } from '@/components/flow/draft-field'
import { duplicateStep } from '@/components/flow/duplicate-step'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons, DialogContent } from '@/components/ui/dialog'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { Tooltip } from '@/components/ui/tooltip'
import type { Step } from '@/lib/engine/schema'
import { setStepActiveAction } from '../actions'
import { useEditor } from './editor-context'

/** Takes a step out of the draft, and offers to put it back. */
function useRemove(step: Step, index: number) {
  const { change, go } = useEditor()
  return () => {
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
}

/** What can be done with a step as a whole. */
export function StepActions({ step, index }: { step: Step; index: number }) {
  const { document, change, go, view, moveTo } = useEditor()
  const [isRenaming, setRenaming] = useState(false)
  const remove = useRemove(step, index)
  function duplicate() {
    const made = duplicateStep(document, step.id)
    change((now) => duplicateStep(now, step.id).document)
    go({ kind: 'step', id: made.id })
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
          onClick={() => moveTo(step.id, index - 1)}
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
          onClick={() => moveTo(step.id, index + 1)}
        >
          <ArrowDown />
        </Button>
      </Tooltip>
      <Tooltip content="Remove">
        <Button variant="ghost" size="icon" aria-label="Remove step" onClick={remove}>
          <Trash2 />
        </Button>
      </Tooltip>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="More about this step">
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => setRenaming(true)}>
            <PenLine />
            Rename
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={duplicate}>
            <Copy />
            Duplicate
          </DropdownMenuItem>
          <SwitchItem step={step} />
          <DropdownMenuItem onSelect={() => go({ kind: 'history-of', id: step.id })}>
            <History />
            Who changed it
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem danger onSelect={remove}>
            <Trash2 />
            Remove
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <RenameDialog step={step} isOpen={isRenaming} onDone={() => setRenaming(false)} />
    </fieldset>
  )
}

/** A buyer step is switched at once; what else has a switch has it in the draft. */
function useSwitch(step: Step) {
  const { view, change, flush, adopt } = useEditor()
  const [, start] = useTransition()
  const state = view.flow.steps.find(({ stepId }) => stepId === step.id)
  const isOn = step.type === 'buyer' ? (state?.active ?? step.rules.active) : step.active !== false
  const set = (active: boolean) => {
    if (step.type !== 'buyer')
      return change((now) => withStep(now, step.id, (is) => (is.type === 'buyer' ? is : { ...is, active })))
    start(async () => {
      if (!(await flush())) return
      const result = await setStepActiveAction({ flowId: view.flow.id, stepId: step.id, active })
      if (result.ok) adopt(result.value)
      else toast.error(result.error.message)
    })
  }
  return { isOn, set }
}

function SwitchItem({ step }: { step: Step }) {
  const { isOn, set } = useSwitch(step)
  return (
    <DropdownMenuItem onSelect={() => set(!isOn)}>
      {isOn ? <PowerOff /> : <Power />}
      {isOn ? 'Disable' : 'Enable'}
    </DropdownMenuItem>
  )
}

function RenameDialog({ step, isOpen, onDone }: { step: Step; isOpen: boolean; onDone: () => void }) {
  return (
    <Dialog open={isOpen} onOpenChange={(wanted) => !wanted && onDone()}>
      <DialogContent title="Rename step" size="sm">
        <RenameForm step={step} onDone={onDone} />
      </DialogContent>
    </Dialog>
  )
}

function RenameForm({ step, onDone }: { step: Step; onDone: () => void }) {
  const { change } = useEditor()
  const [name, setName] = useState(step.name)
  const isBlank = name.trim() === ''
  function rename() {
    if (isBlank) return
    change((now) => withStep(now, step.id, (is) => ({ ...is, name: name.trim() })))
    onDone()
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        rename()
      }}
    >
      <DraftText label="Name" value={name} onChange={setName} maxLength={120} autoFocus autoComplete="off" />
      <DialogButtons>
        <Button type="submit" variant="primary" disabled={isBlank}>
          Rename
        </Button>
      </DialogButtons>
    </form>
  )
}
