'use client'

import type { Dispatch, SetStateAction } from 'react'
import { DraftText } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { CapsEditor, withCapPart } from '@/components/selling/caps-editor'
import type { Caps, SourceSettings } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { useEditor } from './editor-context'
import { useCapUseOf } from './use-cap-use'

type SourceCapsProps = {
  settings: SourceSettings
  set: Dispatch<SetStateAction<SourceSettings>>
  problems: readonly Problem[]
  sourceId: string
}

/** How many leads of a source are sold at the most. */
export function SourceCaps({ settings, set, problems, sourceId }: SourceCapsProps) {
  const { view } = useEditor()
  const use = useCapUseOf('source', sourceId)
  const setPart = (part: Parameters<typeof withCapPart>[1]) =>
    set(({ caps, ...now }) => {
      const next: Caps = withCapPart(caps, part)
      return Object.keys(next).length === 0 ? now : { ...now, caps: next }
    })
  return (
    <div className="flex flex-col gap-3">
      <div>
        <span className="font-medium text-sm">Caps of this source</span>
        <p className="text-pretty text-sm text-tertiary">At the most so many of its leads are sold.</p>
      </div>
      <CapsEditor
        caps={settings.caps}
        onChange={setPart}
        zone={view.flow.timeZone}
        use={use}
        from="once you save"
        path="caps"
        problems={problems}
      />
      {settings.caps && (
        <DraftText
          label="Reason given when a cap is reached"
          optional
          value={settings.caps.reason ?? ''}
          maxLength={200}
          placeholder="Cap reached"
          problems={problemsAt(problems, 'caps.reason')}
          onChange={(reason) => setPart({ reason: reason || undefined })}
        />
      )}
    </div>
  )
}
