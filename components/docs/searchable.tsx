'use client'

import { Search } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { Input } from '../ui/input'

type SearchableProps = { label: string; placeholder: string; children: ReactNode }

/** Hides what does not hold all the words; answers how much is left. */
function narrow(section: HTMLElement, wanted: readonly string[]): number {
  let shown = 0
  for (const row of section.querySelectorAll<HTMLElement>('[data-words]')) {
    const words = row.dataset['words'] ?? ''
    row.hidden = !wanted.every((word) => words.includes(word))
    if (!row.hidden) shown++
  }
  section.hidden = shown === 0
  return shown
}

/**
 * A page of reference that is there without a script, and can be searched with one: what bears `data-words` stays when
 * they hold all that was typed, and a `data-section` goes when nothing of it stays.
 */
export function Searchable({ label, placeholder, children }: SearchableProps) {
  const [left, setLeft] = useState<number>()
  const page = useRef<HTMLDivElement>(null)
  function search(typed: string) {
    const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean)
    const sections = page.current?.querySelectorAll<HTMLElement>('[data-section]') ?? []
    const count = [...sections].reduce((sum, section) => sum + narrow(section, wanted), 0)
    setLeft(wanted.length === 0 ? undefined : count)
  }
  return (
    <>
      <div className="sticky top-0 z-20 -mx-1 flex items-center gap-3 bg-background px-1 py-3">
        <span className="relative w-full max-w-md">
          <Search
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-tertiary"
          />
          <Input
            type="search"
            aria-label={label}
            placeholder={placeholder}
            className="pl-8"
            onChange={(event) => search(event.target.value)}
          />
        </span>
        <span aria-live="polite" className="whitespace-nowrap text-sm text-tertiary">
          {left !== undefined && (left === 0 ? 'Nothing found' : `${left} found`)}
        </span>
      </div>
      <div ref={page}>{children}</div>
    </>
  )
}
