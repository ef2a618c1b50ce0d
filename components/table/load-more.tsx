'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { Button } from '../ui/button'

type LoadMoreProps = {
  /** `next_cursor` of the list; null or undefined at its end. */
  nextCursor: string | null | undefined
  param?: string
  /** "Older events". */
  label?: string
  /** "Newest". */
  first?: string
}

/** The way to the next page of a list by cursor, and back to its start. Both are links, so *back* works. */
export function LoadMore({ nextCursor, param = 'cursor', label = 'Older', first = 'Newest' }: LoadMoreProps) {
  const path = usePathname()
  const params = useSearchParams()
  const hrefOf = (cursor?: string) => {
    const next = new URLSearchParams(params)
    next.delete(param)
    if (cursor) next.set(param, cursor)
    return next.size > 0 ? `${path}?${next}` : path
  }
  const isInside = params.has(param)
  if (!nextCursor && !isInside) return null
  return (
    <nav aria-label="Pages" className="flex justify-center gap-2 py-4">
      {isInside && (
        <Button variant="ghost" asChild>
          <Link href={hrefOf()}>
            <ArrowUp />
            {first}
          </Link>
        </Button>
      )}
      {nextCursor && (
        <Button asChild>
          <Link href={hrefOf(nextCursor)} rel="next">
            <ArrowDown />
            {label}
          </Link>
        </Button>
      )}
    </nav>
  )
}
