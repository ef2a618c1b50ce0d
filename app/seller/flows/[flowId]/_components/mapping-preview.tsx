'use client'

import { useEffect, useRef, useState } from 'react'
import type { ManualConnection } from '@/components/flow/draft-document'
import { cn } from '@/components/ui/cn'
import { CodeBlock } from '@/components/ui/code-block'
import { previewAction } from '../actions'

const pauseMs = 350

/** The body of the request as the sample lead makes it, a moment after each change. */
export function MappingPreview({
  request,
  headers,
}: {
  request: ManualConnection['request']
  headers: Record<string, string>
}) {
  const [body, setBody] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [isOld, setOld] = useState(false)
  const asked = useRef(0)
  const key = JSON.stringify({ request, headers })
  useEffect(() => {
    const mine = ++asked.current
    setOld(true)
    const timer = setTimeout(async () => {
      const result = await previewAction(JSON.parse(key)).catch(() => undefined)
      if (asked.current !== mine) return
      setOld(false)
      if (result?.ok) setBody(result.value.body)
      setProblem(result?.ok ? undefined : (result?.error.issues?.[0]?.message ?? 'The preview could not be made.'))
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [key])
  return (
    <section aria-label="Preview" className="flex min-w-0 flex-col gap-2 xl:sticky xl:top-32">
      <CodeBlock
        title="POST · JSON"
        label="Preview of the request"
        language="json"
        code={body ?? '{}'}
        className={cn('transition-opacity duration-160', isOld && 'opacity-60')}
      />
      {problem && <p className="text-red text-xs">{problem}</p>}
      <p className="text-tertiary text-xs">
        The method and the format are fixed by the step. Ids of test leads carry TEST_.
      </p>
    </section>
  )
}
