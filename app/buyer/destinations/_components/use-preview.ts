'use client'

import { useEffect, useState } from 'react'
import type { DestinationConfig, RecordedRequest } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { previewAction } from '../actions'

type Preview = { request: RecordedRequest; problems: Problem[] }
const pauseMs = 300

/** The request that a configuration would send, a moment after its last change; the one before it until then. */
export function usePreview(config: DestinationConfig, sharedFields: string[] | undefined) {
  const [preview, setPreview] = useState<Preview>()
  const [shown, setShown] = useState('')
  const wanted = JSON.stringify({ config, ...(sharedFields && { sharedFields }) })
  useEffect(() => {
    let isOld = false
    const timer = setTimeout(async () => {
      const answer = await previewAction(JSON.parse(wanted)).catch(() => undefined)
      if (isOld) return
      setShown(wanted)
      if (answer?.ok) setPreview(answer.value)
    }, pauseMs)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [wanted])
  return { request: preview?.request, problems: preview?.problems ?? [], isStale: shown !== wanted }
}
