'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { cn } from '../ui/cn'

/** The place of an event that a link leads to: brought into sight, marked, and what is folded in it is opened. */
export function EventAnchor({ eventId, children }: { eventId: string; children: ReactNode }) {
  const id = `event-${eventId}`
  const box = useRef<HTMLDivElement>(null)
  const [isHere, setHere] = useState(false)
  useEffect(() => {
    function look() {
      const isMeant = window.location.hash === `#${id}`
      setHere(isMeant)
      if (!isMeant || !box.current) return
      for (const fold of box.current.querySelectorAll<HTMLDetailsElement>(':scope > details')) fold.open = true
      box.current.scrollIntoView({ block: 'start' })
    }
    look()
    window.addEventListener('hashchange', look)
    return () => window.removeEventListener('hashchange', look)
  }, [id])
  return (
    <div
      ref={box}
      id={id}
      className={cn(
        '-mx-2 -my-0.5 scroll-mt-28 rounded-md px-2 py-0.5 transition-colors duration-180',
        isHere && 'bg-accent-soft',
      )}
    >
      {children}
    </div>
  )
}
