'use client'

import type { Refusal } from '@/lib/errors'
import type { Result } from '@/lib/result'
import { useVerb } from '../form/use-verb'
import { Button } from '../ui/button'

export type EndVerb = (input: { sessionId: string }) => Promise<Result<unknown, Refusal>>

/** Signs a browser out, wherever it is. */
export function EndSession({ sessionId, browser, end }: { sessionId: string; browser: string; end: EndVerb }) {
  const { act, isPending } = useVerb()
  return (
    <Button
      size="sm"
      variant="danger"
      pending={isPending}
      aria-label={`Sign out ${browser}`}
      onClick={() => act(() => end({ sessionId }), { done: 'Signed out there.' })}
    >
      Sign out
    </Button>
  )
}
