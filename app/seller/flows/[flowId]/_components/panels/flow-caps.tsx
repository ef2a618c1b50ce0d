'use client'

import { DraftText } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { CapsEditor, withCapPart } from '@/components/selling/caps-editor'
import type { Caps } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelPart } from '../panel-frame'
import { useCapUseOf } from '../use-cap-use'

/** How many leads of the flow are sold at the most. */
export function FlowCaps() {
  const { document, view, problems, change } = useEditor()
  const use = useCapUseOf('flow', view.flow.id)
  const set = (part: Parameters<typeof withCapPart>[1]) =>
    change(({ caps, ...rest }) => {
      const next: Caps = withCapPart(caps, part)
      return Object.keys(next).length === 0 ? rest : { ...rest, caps: next }
    })
  return (
    <PanelPart
      title="Caps of the flow"
      description="At the most so many leads are sold, whoever buys them. One that comes when a cap is reached goes to nobody."
    >
      <CapsEditor
        caps={document.caps}
        onChange={set}
        zone={view.flow.timeZone}
        use={use}
        from="once you publish"
        path="caps"
        problems={problems}
      />
      {document.caps && (
        <DraftText
          label="Reason given when a cap is reached"
          optional
          value={document.caps.reason ?? ''}
          maxLength={200}
          placeholder="Cap reached"
          problems={problemsAt(problems, 'caps.reason')}
          onChange={(reason) => set({ reason: reason || undefined })}
        />
      )}
    </PanelPart>
  )
}
