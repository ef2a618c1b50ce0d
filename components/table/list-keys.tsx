'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { pageKey } from '../ui/page-key'

const steps: Record<string, number> = { j: 1, k: -1 }

/** j and k walk the links marked `data-row` inside, e or Enter opens the one that has the focus. */
export function ListKeys({ children }: { children: ReactNode }) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const key = pageKey(event) ?? ''
      const rows = [...(list.current?.querySelectorAll<HTMLElement>('a[data-row]') ?? [])]
      const at = rows.indexOf(document.activeElement as HTMLElement)
      if (key === 'e') rows[at]?.click()
      const step = steps[key]
      if (step) rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <div ref={list} className="min-w-0">
      {children}
    </div>
  )
}
