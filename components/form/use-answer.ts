'use client'

import { useEffect, useState } from 'react'
import type { Issue } from '@/lib/errors'
import type { Result } from '@/lib/result'

const pauseMs = 300

type Answer<Value> = Result<Value, { message: string; issues?: Issue[] }> | undefined

/**
 * What the server makes of what is being edited, a moment after its last change; the answer before it until then. An
 * answer to an older question never shows.
 * @param asked what the answer is about, told apart by its JSON; `undefined` asks nothing.
 */
export function useAnswer<Asked, Value>(asked: Asked | undefined, ask: (asked: Asked) => Promise<Answer<Value>>) {
  const [shown, setShown] = useState<{ wanted: string; value?: Value | undefined; refusal?: string | undefined }>()
  const wanted = asked && JSON.stringify(asked)
  useEffect(() => {
    if (wanted === undefined) return
    let isOld = false
    const timer = setTimeout(async () => {
      const answer = await ask(JSON.parse(wanted)).catch(() => undefined)
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

function wordsOf(answer: Answer<unknown>): string {
  if (!answer || answer.ok) return 'The server did not answer. It is asked again with the next change.'
  return answer.error.issues?.[0]?.message ?? answer.error.message
}
