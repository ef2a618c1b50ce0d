'use client'

import { useEditor } from '../editor-context'
import { LeadCaps } from '../lead-caps'
import { PanelPart } from '../panel-frame'

/** How many leads of the flow are sold at the most. */
export function FlowCaps() {
  const { document, view, problems, change } = useEditor()
  return (
    <PanelPart
      title="Caps of the flow"
      description="At the most so many leads are sold, whoever buys them. One that comes when a cap is reached goes to nobody."
    >
      <LeadCaps
        of="flow"
        id={view.flow.id}
        caps={document.caps}
        from="once you publish"
        problems={problems}
        onChange={(next) =>
          change(({ caps: now, ...rest }) => {
            const caps = next(now)
            return caps ? { ...rest, caps } : rest
          })
        }
      />
    </PanelPart>
  )
}
