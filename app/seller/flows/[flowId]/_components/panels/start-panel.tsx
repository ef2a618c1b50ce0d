'use client'

import { Check } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { RelativeTime } from '@/components/ui/relative-time'
import { AddSourceDialog } from '../add-source-dialog'
import { AddStepDialog } from '../add-step'
import { useEditor } from '../editor-context'
import type { Place } from '../places'
import { CopyLine } from '../submit-help'

type Task = { id: string; title: string; words: string; isDone: boolean; verb: string; goesTo: Place }

function useTasks(): Task[] {
  const { document, view } = useEditor()
  const { flow } = view
  const buyer = document.steps.find((step) => step.type === 'buyer')
  const [source] = flow.sources
  return [
    {
      id: 'fields',
      title: 'Say what a lead holds',
      words: `${document.fields.length} fields so far. Mark those that a lead can’t do without.`,
      isDone: document.fields.length > 0,
      verb: 'Edit fields',
      goesTo: { kind: 'fields' },
    },
    {
      id: 'buyer',
      title: 'Add a buyer',
      words: 'Invite a buyer by mail, or set its address up yourself.',
      isDone: buyer !== undefined,
      verb: buyer ? 'Open buyer' : 'Add buyer',
      goesTo: buyer ? { kind: 'step', id: buyer.id } : { kind: 'start' },
    },
    {
      id: 'source',
      title: 'Add a source',
      words: 'Whoever submits leads gets a URL of its own, with or without a key.',
      isDone: source !== undefined,
      verb: source ? 'Open source' : 'Add source',
      goesTo: source ? { kind: 'source', id: source.id } : { kind: 'sources' },
    },
    {
      id: 'publish',
      title: 'Publish',
      words: 'The draft goes live as a version. Until then submissions are refused.',
      isDone: flow.liveVersion !== null,
      verb: '',
      goesTo: { kind: 'start' },
    },
  ]
}

/** What there is to do until the flow takes leads. */
export function StartPanel() {
  const [isAddingBuyer, setAddingBuyer] = useState(false)
  const tasks = useTasks()
  const next = tasks.find(({ isDone }) => !isDone)
  if (!next) return <LivePanel />
  return (
    <section aria-labelledby="start-title" className="flex flex-col gap-4 rounded-lg border bg-surface p-5">
      <div>
        <h2 id="start-title" className="font-semibold text-lg">
          Four things until it takes leads
        </h2>
        <p className="text-base text-tertiary">In any order. What you change is saved as a draft while you type.</p>
      </div>
      <ol className="flex flex-col">
        {tasks.map((task, index) => (
          <li key={task.id} className="flex items-start gap-3 border-t py-3 first:border-t-0">
            <span
              className={cn(
                'mt-0.5 grid size-5 shrink-0 place-items-center rounded-full border text-2xs text-tertiary',
                task.isDone && 'border-green/40 bg-green-soft text-green',
                task === next && 'border-accent text-accent-text',
              )}
            >
              {task.isDone ? <Check aria-label="done" className="size-3" /> : index + 1}
            </span>
            <div className="min-w-0 flex-1">
              <p className="font-medium">{task.title}</p>
              <p className="text-pretty text-sm text-tertiary">{task.words}</p>
            </div>
            <TaskButton task={task} onAddBuyer={() => setAddingBuyer(true)} />
          </li>
        ))}
      </ol>
      <AddStepDialog kind={isAddingBuyer ? 'buyer' : undefined} onDone={() => setAddingBuyer(false)} />
    </section>
  )
}

/** A flow that takes leads: since when, and where they are sent to. */
function LivePanel() {
  const { view } = useEditor()
  const { flow } = view
  return (
    <section aria-labelledby="live-title" className="flex flex-col gap-5 rounded-lg border bg-surface p-5">
      <div>
        <h2 id="live-title" className="font-semibold text-lg">
          {flow.enabled ? 'This flow takes leads' : 'This flow is off'}
        </h2>
        <p className="text-base text-tertiary">
          Version {flow.liveVersion} went live {flow.publishedAt && <RelativeTime at={flow.publishedAt} />}. Select a
          stop in the path to change it; changes stay in the draft until you publish.
        </p>
      </div>
      {flow.sources.map((source) => (
        <CopyLine key={source.id} label={`Submission URL of ${source.name}`} text={source.submitUrl} />
      ))}
    </section>
  )
}

function TaskButton({ task, onAddBuyer }: { task: Task; onAddBuyer: () => void }) {
  const { go, view } = useEditor()
  if (!task.verb) return null
  if (task.id === 'source' && !task.isDone)
    return (
      <AddSourceDialog>
        <Button size="sm">{task.verb}</Button>
      </AddSourceDialog>
    )
  const isAdding = task.id === 'buyer' && !task.isDone
  return (
    <Button size="sm" disabled={isAdding && !view.canEdit} onClick={() => (isAdding ? onAddBuyer() : go(task.goesTo))}>
      {task.verb}
    </Button>
  )
}
