'use client'

import { DraftText } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { CapsEditor, withCapPart } from '@/components/selling/caps-editor'
import type { Caps } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { useEditor } from './editor-context'
import { useCapUseOf } from './use-cap-use'

type LeadCapsProps = {
  of: 'flow' | 'source'
  id: string
  caps: Caps | undefined
  /** Changes the caps that are there now; undefined where none is left. */
  onChange: (change: (now: Caps | undefined) => Caps | undefined) => void
  /** When an edit counts. */
  from: string
  problems: readonly Problem[]
}

/** Caps of a flow or a source, and what a source is told when one is reached. */
export function LeadCaps({ of, id, caps, onChange, from, problems }: LeadCapsProps) {
  const { view } = useEditor()
  const use = useCapUseOf(of, id)
  const set = (part: Parameters<typeof withCapPart>[1]) =>
    onChange((now) => {
      const next: Caps = withCapPart(now, part)
      return Object.keys(next).length === 0 ? undefined : next
    })
  return (
    <>
      <CapsEditor
        caps={caps}
        onChange={set}
        zone={view.flow.timeZone}
        use={use}
        from={from}
        path="caps"
        problems={problems}
      />
      {caps && (
        <DraftText
          label="Reason given when a cap is reached"
          optional
          value={caps.reason ?? ''}
          maxLength={200}
          placeholder="Cap reached"
          problems={problemsAt(problems, 'caps.reason')}
          onChange={(reason) => set({ reason: reason || undefined })}
        />
      )}
    </>
  )
}
