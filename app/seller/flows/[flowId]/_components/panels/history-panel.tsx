'use client'

import { useCallback, useEffect, useState, useTransition } from 'react'
import { toast } from 'sonner'
import { ChangeList } from '@/components/flow/change-list'
import { actionWords } from '@/components/settings/audit-words'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { HistoryEntry } from '@/lib/flows/schema'
import { flowHistoryAction } from '../../actions'
import { useEditor } from '../editor-context'
import { PanelFrame } from '../panel-frame'
import { useRuleNames } from '../use-rule-names'

/** More changes than these are there for who wants them. */
const few = 5

type Pages = { entries: HistoryEntry[]; cursor: string | undefined }

function useFlowHistory(flowId: string, stepId: string | undefined, savedAt: string) {
  const [pages, setPages] = useState<Pages>()
  const [isPending, start] = useTransition()
  const read = useCallback(
    async (cursor: string | undefined) =>
      flowHistoryAction({ flowId, ...(stepId && { stepId }), ...(cursor && { cursor }) }).catch(() => undefined),
    [flowId, stepId],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: each save is news
  useEffect(() => {
    let isHere = true
    void read(undefined).then((result) => {
      if (isHere && result?.ok) setPages({ entries: result.value.entries, cursor: result.value.nextCursor })
    })
    return () => {
      isHere = false
    }
  }, [read, savedAt])
  const more = () =>
    start(async () => {
      const result = await read(pages?.cursor)
      if (!result?.ok) return void toast.error('Earlier changes could not be read. Try again.')
      const { entries, nextCursor } = result.value
      setPages((now) => ({ entries: [...(now?.entries ?? []), ...entries], cursor: nextCursor }))
    })
  return { pages, more, isPending }
}

/** Who changed what of the flow, or of one step. */
export function HistoryPanel({ stepId }: { stepId?: string }) {
  const { view, document, go } = useEditor()
  const { pages, more, isPending } = useFlowHistory(view.flow.id, stepId, view.flow.draftSavedAt)
  const step = document.steps.find(({ id }) => id === stepId)
  return (
    <PanelFrame
      title="Who changed what"
      description={step ? `Changes of ${step.name}, newest first.` : 'Changes of this flow, newest first.'}
      actions={step && <Button onClick={() => go({ kind: 'step', id: step.id })}>Back to the step</Button>}
    >
      {!pages && <SkeletonRows rows={4} />}
      {pages?.entries.length === 0 && <p className="text-tertiary">Nothing was changed since it was made.</p>}
      <ol className="flex flex-col divide-y">
        {pages?.entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {pages?.cursor && (
        <Button className="self-center" pending={isPending} onClick={more}>
          Earlier changes
        </Button>
      )}
    </PanelFrame>
  )
}

const wordsOf = ({ action, version }: HistoryEntry): string => {
  if (action === 'flow.publish' && version) return `published version ${version}`
  if (action === 'flow.restore' && version) return `put version ${version} into the draft`
  return action === 'flow.draft.save' ? 'changed the draft' : actionWords(action)
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const { document } = useEditor()
  const names = useRuleNames()
  const stepId = entry.subjectId.split('/')[1]
  const step = stepId && document.steps.find(({ id }) => id === stepId)
  const who = entry.who ?? 'Baton'
  return (
    <li className="flex gap-3 py-4 first:pt-0">
      <Avatar name={who} className="mt-0.5" />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="flex flex-wrap items-baseline gap-x-1.5 text-base">
          <span className="font-medium">{who}</span>
          <span>{wordsOf(entry)}</span>
          {step && <span className="text-tertiary">{step.name}</span>}
          {entry.via === 'api-key' && <span className="text-tertiary">by API key</span>}
          <RelativeTime at={entry.at} className="ml-auto whitespace-nowrap text-sm text-tertiary" />
        </p>
        {entry.changes.length > few ? (
          <details>
            <summary className="w-fit cursor-pointer rounded-sm text-accent-text text-sm hover:underline">
              {entry.changes.length} changes
            </summary>
            <div className="pt-2">
              <ChangeList changes={entry.changes} names={names} />
            </div>
          </details>
        ) : (
          entry.changes.length > 0 && <ChangeList changes={entry.changes} names={names} />
        )}
      </div>
    </li>
  )
}
