'use client'

import { useEffect, useState } from 'react'
import type { UseNow } from '@/components/selling/caps-editor'
import type { CapUse } from '@/lib/flows/schema'
import { listCapUseAction } from '../actions'
import { useEditor } from './editor-context'

const everyMs = 10_000

/** What is taken from the caps of the flow: asked for when it is shown, after each save, and now and then. */
export function useCapUse(): { now: number; uses: readonly CapUse[] } | undefined {
  const { view } = useEditor()
  const { id, draftRevision, liveVersion } = view.flow
  const [use, setUse] = useState<{ now: number; uses: readonly CapUse[] }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was saved or published has other counters
  useEffect(() => {
    let isCurrent = true
    const ask = async () => {
      if (document.hidden) return
      const result = await listCapUseAction({ flowId: id }).catch(() => undefined)
      if (isCurrent && result?.ok) setUse({ now: Date.now(), uses: result.value })
    }
    void ask()
    const timer = setInterval(ask, everyMs)
    return () => {
      isCurrent = false
      clearInterval(timer)
    }
  }, [id, draftRevision, liveVersion])
  return use
}

/** The same for one owner of caps. */
export function useCapUseOf(of: CapUse['of'], id: string): UseNow | undefined {
  const use = useCapUse()
  return use && { now: use.now, uses: use.uses.filter((one) => one.of === of && one.id === id) }
}
