'use client'

import { unstable_rethrow, useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { toast } from 'sonner'
import type { Refusal } from '@/lib/errors'
import type { Result } from '@/lib/result'

type Ways<Value> = {
  /** What the toast says when it went well. */
  done?: string
  undo?: () => void
  onDone?: (value: Value) => unknown
}

/** For a verb behind one click: runs it, renews the page, and says in a toast what came of it. */
export function useVerb() {
  const router = useRouter()
  const [isPending, start] = useTransition()

  async function run<Value>(verb: () => Promise<Result<Value, Refusal>>, { done, undo, onDone }: Ways<Value> = {}) {
    try {
      const result = await verb()
      if (!result.ok) return void toast.error(result.error.message)
      if (done) toast.success(done, undo && { action: { label: 'Undo', onClick: undo } })
      await onDone?.(result.value)
      router.refresh()
    } catch (error) {
      unstable_rethrow(error)
      toast.error('Baton could not be reached. Check your connection, then try again.')
    }
  }
  /** `run` without waiting for it; `isPending` until the page is renewed. */
  const act = <Value>(verb: () => Promise<Result<Value, Refusal>>, ways?: Ways<Value>) => start(() => run(verb, ways))
  return { act, run, isPending }
}
