'use client'

import { useState } from 'react'
import { rowsOfChange } from '@/components/flow/change-words'
import { type Conflict, partName, type Side } from '@/components/flow/merge-drafts'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { RadioGroup } from '@/components/ui/radio-group'
import { RelativeTime } from '@/components/ui/relative-time'
import { useEditor } from './editor-context'
import type { DraftConflict } from './use-draft'
import { useRuleNames } from './use-rule-names'

/** `closed` is the conflict that was looked away from; another one opens anew. */
type ConflictDialogProps = { closed: DraftConflict | undefined; onClose: (conflict: DraftConflict) => void }

/** Opens when somebody changed the same parts of the draft, and lets the person choose for each. */
export function ConflictDialog({ closed, onClose }: ConflictDialogProps) {
  const { conflict } = useEditor()
  if (!conflict) return null
  return (
    <Dialog open={conflict !== closed} onOpenChange={(wanted) => !wanted && onClose(conflict)}>
      <ConflictContent conflict={conflict} />
    </Dialog>
  )
}

function ConflictContent({ conflict }: { conflict: DraftConflict }) {
  const { resolve, view } = useEditor()
  const { theirs, parts } = conflict
  const by = theirs.flow.draftSavedBy
  const who = by && by.id === view.userId ? 'You, in another window,' : (by?.name ?? 'Somebody')
  const [choices, setChoices] = useState<Record<string, Side>>({})
  return (
    <DialogContent
      size="xl"
      title={`${who} changed the same`}
      description={
        <>
          Saved <RelativeTime at={theirs.flow.draftSavedAt} />. What only one of you changed is kept either way. Choose
          for the rest:
        </>
      }
      footer={
        <Button variant="primary" onClick={() => resolve(choices)}>
          Keep what is chosen
        </Button>
      }
    >
      <div className="flex flex-col gap-5">
        {parts.map((part) => (
          <Part
            key={part.key}
            part={part}
            name={partName(part.key, theirs.flow.draft, conflict.mine, conflict.base)}
            who={by?.name ?? 'the other'}
            side={choices[part.key] ?? 'mine'}
            onChoose={(side) => setChoices({ ...choices, [part.key]: side })}
          />
        ))}
      </div>
    </DialogContent>
  )
}

type PartProps = { part: Conflict; name: string; who: string; side: Side; onChoose: (side: Side) => void }

function Part({ part, name, who, side, onChoose }: PartProps) {
  return (
    <section aria-label={name} className="flex flex-col gap-2">
      <h3 className="font-medium">{name}</h3>
      <RadioGroup
        aria-label={`Which ${name} to keep`}
        columns={2}
        value={side}
        onValueChange={(value) => onChoose(value as Side)}
        options={[
          { value: 'mine', label: 'Yours', hint: <Changed from={part.base} to={part.mine} /> },
          { value: 'theirs', label: `What ${who} saved`, hint: <Changed from={part.base} to={part.theirs} /> },
        ]}
      />
    </section>
  )
}

const isOrder = (value: unknown): value is string[] => Array.isArray(value)

/** What one of the two made of the part. */
function Changed({ from, to }: { from: unknown; to: unknown }) {
  const names = useRuleNames()
  if (to === undefined) return <span>Removed</span>
  if (isOrder(to)) return <span>{to.join(' → ')}</span>
  const rows = rowsOfChange({ before: from, after: to }, names).slice(0, 8)
  return (
    <span className="flex flex-col gap-0.5">
      {rows.map(({ label, before, after }) => (
        <span key={label} className="break-words">
          {label}: {before !== undefined && before !== 'nothing' && <del>{before}</del>}{' '}
          <span className="text-foreground">{after ?? 'taken away'}</span>
        </span>
      ))}
    </span>
  )
}
