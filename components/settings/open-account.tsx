'use client'

import type { Refusal } from '@/lib/errors'
import type { Result } from '@/lib/result'
import { useVerb } from '../form/use-verb'
import { Button } from '../ui/button'

export type OpenVerb = (input: { accountId: string }) => Promise<Result<unknown, Refusal>>

/** Goes on in another account. */
export function OpenAccount({ accountId, name, open }: { accountId: string; name: string; open: OpenVerb }) {
  const { act, isPending } = useVerb()
  return (
    <Button size="sm" pending={isPending} aria-label={`Open ${name}`} onClick={() => act(() => open({ accountId }))}>
      Open
    </Button>
  )
}
