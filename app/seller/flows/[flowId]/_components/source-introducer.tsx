'use client'

import type { Dispatch, SetStateAction } from 'react'
import { DraftFrame } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { NativeSelect } from '@/components/ui/native-select'
import type { SourceSettings } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { isBoughtFrom } from '@/lib/partners/schema'
import { useEditor } from './editor-context'

type SourceIntroducerProps = {
  settings: SourceSettings
  set: Dispatch<SetStateAction<SourceSettings>>
  problems: readonly Problem[]
}

/** Whom a source's leads are bought from; nothing to choose where the account knows no introducer. */
export function SourceIntroducer({ settings, set, problems }: SourceIntroducerProps) {
  const { view } = useEditor()
  const chosen = settings.partner_id ?? ''
  const introducers = view.partners.filter(({ id, type }) => isBoughtFrom(type) || id === chosen)
  if (introducers.length === 0 && chosen === '') return null
  const choose = (id: string) => set(({ partner_id: _, ...now }) => (id === '' ? now : { ...now, partner_id: id }))
  return (
    <DraftFrame
      label="Introducer"
      optional
      hint="The partner that these leads are bought from."
      problems={problemsAt(problems, 'partner_id')}
    >
      {(control) => (
        <NativeSelect {...control} value={chosen} onChange={(event) => choose(event.target.value)}>
          <option value="">Nobody in particular</option>
          {introducers.every(({ id }) => id !== chosen) && chosen !== '' && (
            <option value={chosen}>A partner that is gone</option>
          )}
          {introducers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
      )}
    </DraftFrame>
  )
}
