'use client'

import { useRouter } from 'next/navigation'
import { toast } from 'sonner'
import type { Way } from './save-bar'

/** After saving: the next step of the setup, or the same tab with a word. */
export function useSaved(way: Way, isLive: boolean): () => void {
  const router = useRouter()
  return () => {
    if (way.mode === 'setup') return router.push(way.next)
    toast.success(isLive ? 'Saved. A test lead got through with it.' : 'Saved.')
    router.refresh()
  }
}
