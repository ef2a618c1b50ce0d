'use client'

import { TriangleAlert } from 'lucide-react'
import { useState, useTransition } from 'react'
import { toast } from 'sonner'
import { ChangeList } from '@/components/flow/change-list'
import { isError } from '@/components/flow/problem-notes'
import { RefusalAlert } from '@/components/form/form'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { Spinner } from '@/components/ui/spinner'
import type { Refusal } from '@/lib/errors'
import type { SourceView } from '@/lib/flows/schema'
import { publishAction } from '../actions'
import { CapEffects } from './cap-effects'
import { useEditor } from './editor-context'
import type { Place } from './places'
import { ProblemLinks } from './problem-links'
import { useRuleNames } from './use-rule-names'

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

/** *Publish N changes*: what would change, and what stands in the way. */
export function PublishDialog() {
  const { view, flush, problems, state } = useEditor()
  const [isOpen, setOpen] = useState(false)
  const count = view.flow.changes.length
  const errors = problems.filter(isError).length
  const open = (wanted: boolean) => {
    if (wanted) void flush()
    setOpen(wanted)
  }
  const isUnsaved = state.kind !== 'saved'
  return (
    <Dialog open={isOpen} onOpenChange={open}>
      <DialogTrigger asChild>
        <Button variant="primary" disabled={!view.canEdit || (count === 0 && !isUnsaved)}>
          Publish
          {count > 0 && view.flow.liveVersion !== null && (
            <span className="max-sm:sr-only"> {plural(count, 'change')}</span>
          )}
          {errors > 0 && (
            <span className="-mr-1 inline-flex items-center gap-0.5 rounded-md bg-on-accent/20 px-1 text-xs">
              <TriangleAlert aria-hidden className="size-3!" />
              {errors}
              <span className="sr-only">{errors === 1 ? 'problem' : 'problems'}</span>
            </span>
          )}
        </Button>
      </DialogTrigger>
      <DialogContent
        size="lg"
        title={`Publish ${view.flow.name}`}
        description={
          view.flow.liveVersion === null
            ? 'The flow goes live with your next lead.'
            : `The next lead meets what you publish. v${view.flow.liveVersion} is live now.`
        }
      >
        <PublishBody onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

const submitPlace = ([source]: readonly SourceView[]): Place =>
  source ? { kind: 'source', id: source.id } : { kind: 'sources' }

/** Saves, publishes, and goes to where leads are submitted when it is the first time. */
function usePublish(onDone: () => void) {
  const { view, adopt, flush, go } = useEditor()
  const { flow } = view
  const [refusal, setRefusal] = useState<Refusal>()
  const [isPending, start] = useTransition()
  async function publish() {
    const result = (await flush()) ? await publishAction({ flowId: flow.id }) : undefined
    if (!result?.ok) return setRefusal(result?.error)
    adopt(result.value)
    toast.success(`v${result.value.flow.liveVersion} is live`)
    onDone()
    if (flow.liveVersion === null) go(submitPlace(result.value.flow.sources))
  }
  return { publish: () => start(publish), isPending, refusal }
}

function PublishBody({ onDone }: { onDone: () => void }) {
  const { view, problems, state } = useEditor()
  const { publish, isPending, refusal } = usePublish(onDone)
  const isStopped = problems.some(isError) || view.flow.changes.length === 0
  if (state.kind === 'saving' || state.kind === 'waiting')
    return (
      <p role="status" className="flex items-center gap-2 py-6 text-tertiary">
        <Spinner label="" /> Saving the draft first
      </p>
    )
  return (
    <div className="flex flex-col gap-4">
      {refusal && <RefusalAlert refusal={refusal} />}
      {state.kind === 'failed' && <RefusalAlert refusal={state.refusal} />}
      <ProblemAlerts onGo={onDone} />
      <Changes />
      <CapEffects />
      <div className="sticky -bottom-5 -mx-5 -mb-5 flex justify-end gap-2 border-t bg-raised px-5 py-3 sm:rounded-b-xl">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="primary" pending={isPending} disabled={isStopped} onClick={publish}>
          Publish
        </Button>
      </div>
    </div>
  )
}

function Changes() {
  const { view } = useEditor()
  const { liveVersion, changes } = view.flow
  const names = useRuleNames()
  return (
    <section aria-label="Changes" className="flex flex-col gap-2">
      <h3 className="font-medium text-sm">
        {liveVersion === null ? 'What goes live' : `What changes from v${liveVersion}`}
      </h3>
      <ChangeList changes={changes} names={names} />
      {changes.length === 0 && <p className="text-sm text-tertiary">The draft is the same as what is live.</p>}
    </section>
  )
}

function ProblemAlerts({ onGo }: { onGo: () => void }) {
  const { problems } = useEditor()
  const errors = problems.filter(isError)
  const warnings = problems.filter((problem) => !isError(problem))
  return (
    <>
      {errors.length > 0 && (
        <Alert kind="error" title={`${plural(errors.length, 'problem')} to mend first`}>
          <ProblemLinks problems={errors} onGo={onGo} />
        </Alert>
      )}
      {warnings.length > 0 && (
        <Alert kind="warning" title={`${plural(warnings.length, 'thing')} to know`}>
          <ProblemLinks problems={warnings} onGo={onGo} />
        </Alert>
      )}
    </>
  )
}
