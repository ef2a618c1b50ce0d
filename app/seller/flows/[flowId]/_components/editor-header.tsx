'use client'

import { CircleAlert, FlaskConical, Redo2, Rewind, Undo2, Waypoints } from 'lucide-react'
import Link from 'next/link'
import { useOptimistic, useTransition } from 'react'
import { toast } from 'sonner'
import { StatusBadge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { Spinner } from '@/components/ui/spinner'
import { Switch } from '@/components/ui/switch'
import { Tooltip } from '@/components/ui/tooltip'
import { updateFlowAction } from '../actions'
import { useEditor } from './editor-context'
import { FlowMenu } from './flow-menu'
import { FlowName } from './flow-name'
import { ProblemList } from './problem-list'
import { PublishDialog } from './publish-dialog'

/** The flow's name and state, and what can be done with it as a whole. `onChoose` opens what two people changed. */
export function EditorHeader({ onChoose }: { onChoose: () => void }) {
  const { view, flush } = useEditor()
  const { flow } = view
  const save = () => void flush()
  return (
    <header className="z-20 flex min-h-15 flex-wrap items-center gap-x-4 gap-y-2 border-b bg-background px-4 py-2.5 sm:px-6 lg:sticky lg:top-12">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5">
        <FlowName />
        {flow.liveVersion === null ? (
          <StatusBadge status="draft">Not published</StatusBadge>
        ) : (
          <StatusBadge status={flow.enabled ? 'live' : 'disabled'}>
            {flow.enabled ? 'live' : 'off'} v{flow.liveVersion}
          </StatusBadge>
        )}
        <SaveNote onChoose={onChoose} />
      </div>
      <div className="ml-auto flex flex-wrap items-center gap-x-0.5 gap-y-1.5 sm:gap-x-2">
        <EnabledSwitch />
        <UndoButtons />
        <ProblemList />
        <Button variant="ghost" className="max-sm:px-2" asChild>
          <Link href={`/seller/flows/${flow.id}/backtest`} onClick={save}>
            <Rewind />
            <span className="max-sm:sr-only">Backtest</span>
          </Link>
        </Button>
        <Button variant="ghost" className="max-sm:hidden" asChild>
          <Link href={`/seller/flows/${flow.id}/simulate`} onClick={save}>
            <Waypoints />
            Simulate
          </Link>
        </Button>
        <Button className="max-sm:px-2" asChild>
          <Link href={`/seller/flows/${flow.id}/test`} onClick={save}>
            <FlaskConical />
            <span className="max-sm:sr-only">Test</span>
          </Link>
        </Button>
        <PublishDialog />
        <FlowMenu />
      </div>
    </header>
  )
}

function UndoButtons() {
  const { undo, redo, can, view } = useEditor()
  if (!view.canEdit) return null
  return (
    <span className="flex items-center">
      <Tooltip content="Undo" shortcut="⌘Z">
        <Button variant="ghost" size="icon" aria-label="Undo" disabled={!can.undo} onClick={undo}>
          <Undo2 />
        </Button>
      </Tooltip>
      <Tooltip content="Redo" shortcut="⇧⌘Z">
        <Button variant="ghost" size="icon" aria-label="Redo" disabled={!can.redo} onClick={redo}>
          <Redo2 />
        </Button>
      </Tooltip>
    </span>
  )
}

function SaveNote({ onChoose }: { onChoose: () => void }) {
  const { state, flush } = useEditor()
  return (
    <span aria-live="polite" className="flex items-center gap-1.5 text-sm text-tertiary">
      {state.kind === 'saved' && (
        <span>
          Draft saved <RelativeTime key={state.atMs} at={state.atMs} />
        </span>
      )}
      {(state.kind === 'saving' || state.kind === 'waiting') && (
        <>
          <Spinner label="" className="size-3" />
          Saving
        </>
      )}
      {state.kind === 'conflict' && (
        <span className="flex items-center gap-1.5 text-amber">
          <CircleAlert aria-hidden className="size-3.5" />
          Not saved: somebody changed the same
          <Button variant="link" size="sm" onClick={onChoose}>
            Choose
          </Button>
        </span>
      )}
      {state.kind === 'failed' && (
        <span
          className="flex items-center gap-1.5 text-red"
          title={state.refusal.issues?.map(({ path, message }) => `${path}: ${message}`).join('\n')}
        >
          <CircleAlert aria-hidden className="size-3.5" />
          Not saved: {state.refusal.issues?.[0]?.message ?? state.refusal.message}
          <Button variant="link" size="sm" onClick={() => void flush()}>
            Try again
          </Button>
        </span>
      )}
    </span>
  )
}

function EnabledSwitch() {
  const { view, adopt } = useEditor()
  const [isOn, setOn] = useOptimistic(view.flow.enabled)
  const [, start] = useTransition()
  const set = (enabled: boolean) =>
    start(async () => {
      setOn(enabled)
      const result = await updateFlowAction({ flowId: view.flow.id, enabled })
      if (result.ok) adopt(result.value)
      else toast.error(result.error.message)
    })
  return (
    <label className="flex items-center gap-2 text-sm" htmlFor="flow-enabled">
      <Switch id="flow-enabled" checked={isOn} onCheckedChange={set} disabled={!view.canEdit} />
      <span className="text-secondary max-sm:sr-only">{isOn ? 'On' : 'Off'}</span>
      <span className="sr-only">, the flow takes leads</span>
    </label>
  )
}
