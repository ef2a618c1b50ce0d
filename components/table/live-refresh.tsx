'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { LiveDot, type LiveState } from './live-dot'

type LiveRefreshProps = {
  /** Address of the event stream that says `ready` when it listens, and `changed`. */
  url: string
  /** At most one refresh in this time, however many changes there are. */
  everyMs?: number
}

/** Renews the page's data when the server says something changed, not while the tab is hidden; shows whether it listens. */
export function LiveRefresh({ url, everyMs = 1500 }: LiveRefreshProps) {
  const router = useRouter()
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(() => {
    const stream = new EventSource(url)
    let timer: ReturnType<typeof setTimeout> | undefined
    let last = 0
    let isStale = false
    function refresh() {
      timer = undefined
      isStale = document.hidden
      if (isStale) return
      last = Date.now()
      router.refresh()
    }
    const onChanged = () => {
      timer ??= setTimeout(refresh, Math.max(0, last + everyMs - Date.now()))
    }
    const onShown = () => {
      if (isStale && !document.hidden) refresh()
    }
    stream.addEventListener('open', () => setState('live'))
    stream.addEventListener('error', () => setState('connecting'))
    // Something may have changed since the page was made, or while the stream was away.
    stream.addEventListener('ready', onChanged)
    stream.addEventListener('changed', onChanged)
    document.addEventListener('visibilitychange', onShown)
    return () => {
      stream.close()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onShown)
    }
  }, [url, everyMs, router])
  return <LiveDot state={state} />
}
