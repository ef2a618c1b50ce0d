'use client'

import { useEffect, useState } from 'react'
import type { MailPreview, PreviewMailInput } from '@/lib/lead-mail/schema'
import { useMailVerbs } from './verbs'

const pauseMs = 350

/** The mail as it would be sent, a moment after the last change; the one before it until then. */
export function useMailPreview(asked: PreviewMailInput) {
  const { preview } = useMailVerbs()
  const [shown, setShown] = useState<MailPreview>()
  const [refusal, setRefusal] = useState<string>()
  const [done, setDone] = useState('')
  const wanted = JSON.stringify(asked)
  useEffect(() => {
    let isOld = false
    const timer = setTimeout(async () => {
      const answer = await preview(JSON.parse(wanted)).catch(() => undefined)
      if (isOld) return
      setDone(wanted)
      if (answer?.ok) setShown(answer.value)
      setRefusal(answer?.ok ? undefined : (answer?.error.issues?.[0]?.message ?? 'The preview could not be made.'))
    }, pauseMs)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [wanted, preview])
  return { mail: shown, refusal, isStale: done !== wanted }
}
