'use client'

import { useEffect } from 'react'
import { useEditor } from './editor-context'

const everyMs = 8_000

/** Looks again now and then, while somebody else is expected to do something and the page is in view. */
export function useLook(isWaiting: boolean): void {
  const { look } = useEditor()
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => {
      if (!document.hidden) void look()
    }, everyMs)
    return () => clearInterval(timer)
  }, [isWaiting, look])
}
