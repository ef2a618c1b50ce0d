'use client'

import type { Dispatch, SetStateAction } from 'react'
import type { SourceSettings } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { LeadCaps } from './lead-caps'

type SourceCapsProps = {
  settings: SourceSettings
  set: Dispatch<SetStateAction<SourceSettings>>
  problems: readonly Problem[]
  sourceId: string
}

/** How many leads of a source are sold at the most. */
export function SourceCaps({ settings, set, problems, sourceId }: SourceCapsProps) {
  return (
    <div className="flex flex-col gap-3">
      <div>
        <span className="font-medium text-sm">Caps of this source</span>
        <p className="text-pretty text-sm text-tertiary">At the most so many of its leads are sold.</p>
      </div>
      <LeadCaps
        of="source"
        id={sourceId}
        caps={settings.caps}
        from="once you save"
        problems={problems}
        onChange={(next) =>
          set(({ caps: now, ...rest }) => {
            const caps = next(now)
            return caps ? { ...rest, caps } : rest
          })
        }
      />
    </div>
  )
}
