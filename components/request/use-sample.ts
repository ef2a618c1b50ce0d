'use client'

import { useEffect, useState } from 'react'
import type { Issue } from '@/lib/errors'
import type { Result } from '@/lib/result'

const pauseMs = 300

type Asked<Value> = Result<Value, { message: string; issues?: Issue[] }> | undefined

/**
 * What a configuration makes of the sample lead, a moment after its last change; the answer before it until then.
 * @param wanted all that is asked, as JSON: an equal text asks nothing again.
 */
export function useSample<Value>(wanted: string, ask: (wanted: string) => Promise<Asked<Value>>) {
  const [shown, setShown] = useState<{ wanted: string; value?: Value | undefined; refusal?: string | undefined }>()
  useEffect(() => {
    let isOld = false
    const timer = setTimeout(async () => {
      const answer = await ask(wanted).catch(() => undefined)
      if (isOld) return
      setShown((before) => ({
        wanted,
        value: answer?.ok ? answer.value : before?.value,
        refusal: answer?.ok ? undefined : wordsOf(answer),
      }))
    }, pauseMs)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [wanted, ask])
  return { value: shown?.value, refusal: shown?.refusal, isStale: shown?.wanted !== wanted }
}

function wordsOf(answer: Asked<unknown>): string {
  if (!answer || answer.ok) return 'The preview could not be made.'
  return answer.error.issues?.[0]?.message ?? answer.error.message
}
