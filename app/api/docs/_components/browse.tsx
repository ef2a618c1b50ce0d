'use client'

import { List } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Input } from '@/components/ui/input'
import { Sheet, SheetContent, SheetTrigger } from '@/components/ui/sheet'
import { Method } from './method'

export type BrowseGroup = {
  name: string
  anchor: string
  description: string
  calls: { id: string; method: string; summary: string; words: string; node: ReactNode }[]
}

const found = (groups: BrowseGroup[], query: string): BrowseGroup[] => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return groups
    .map((group) => ({
      ...group,
      calls: group.calls.filter((call) => words.every((word) => call.words.includes(word))),
    }))
    .filter((group) => group.calls.length > 0)
}

/** The calls, found by any word of theirs; the list on the left leads to each. */
export function Browse({ groups, before, after }: { groups: BrowseGroup[]; before: ReactNode; after: ReactNode }) {
  const [query, setQuery] = useState('')
  const shown = found(groups, query)
  const isSearching = query.trim() !== ''
  const top = useRef<HTMLDivElement>(null)
  const search = (words: string) => {
    setQuery(words)
    // What was found stands at the top, wherever the reader was.
    if ((top.current?.getBoundingClientRect().top ?? 0) < 0) top.current?.scrollIntoView()
  }
  return (
    <div
      ref={top}
      className="mx-auto grid w-full max-w-[90rem] gap-x-10 px-5 sm:px-8 lg:grid-cols-[15rem_minmax(0,1fr)]"
    >
      <aside className="z-10 bg-background pt-4 max-lg:sticky max-lg:top-0 max-lg:pb-3 lg:sticky lg:top-0 lg:h-dvh lg:overflow-y-auto lg:pt-6 lg:pb-10">
        <div className="flex gap-2">
          <Input
            type="search"
            aria-label="Search the calls"
            placeholder="Search the calls"
            data-search
            value={query}
            onChange={(event) => search(event.target.value)}
          />
          <PhoneContents groups={shown} hasNotes={!isSearching} />
        </div>
        <div className="mt-4 max-lg:hidden">
          <Contents groups={shown} hasNotes={!isSearching} />
        </div>
      </aside>
      <div className="min-w-0 pt-6 pb-24">
        {!isSearching && before}
        {shown.map((group) => (
          <section key={group.name} aria-labelledby={group.anchor} className="mt-12 first:mt-0">
            <h2 id={group.anchor} className="scroll-mt-20 font-semibold text-xl">
              {group.name}
            </h2>
            <p className="mt-1 mb-6 text-secondary">{group.description}</p>
            {group.calls.map((call) => (
              <div key={call.id}>{call.node}</div>
            ))}
          </section>
        ))}
        {shown.length === 0 && (
          <EmptyState title="No call has these words">
            Search by what it does, by its path or by a field: publish, /leads, shared_fields.
          </EmptyState>
        )}
        {!isSearching && after}
      </div>
    </div>
  )
}

const link =
  'flex items-baseline gap-2 rounded-md px-2 py-1 text-secondary text-sm hover:bg-hover hover:text-foreground'

type ContentsProps = { groups: BrowseGroup[]; hasNotes: boolean }

function PhoneContents(props: ContentsProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Sheet open={isOpen} onOpenChange={setOpen}>
      <SheetTrigger asChild>
        <Button size="icon" aria-label="Contents" className="lg:hidden">
          <List />
        </Button>
      </SheetTrigger>
      <SheetContent title="Contents" side="left">
        <div className="p-4">
          <Contents {...props} onLeave={() => setOpen(false)} />
        </div>
      </SheetContent>
    </Sheet>
  )
}

const stay = () => {}

function Contents({ groups, hasNotes, onLeave = stay }: ContentsProps & { onLeave?: () => void }) {
  return (
    <nav aria-label="Contents">
      {hasNotes && (
        <Link href="#start" className={link} onClick={onLeave}>
          Start here
        </Link>
      )}
      {groups.map((group) => (
        <div key={group.name} className="mt-4">
          <Link href={`#${group.anchor}`} className="px-2 font-medium text-sm hover:underline" onClick={onLeave}>
            {group.name}
          </Link>
          <ul className="mt-1">
            {group.calls.map((call) => (
              <li key={call.id}>
                <Link href={`#${call.id}`} className={link} onClick={onLeave}>
                  <Method method={call.method} className="w-11" />
                  <span className="min-w-0">{call.summary}</span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {hasNotes && (
        <Link href="#shapes" className={`${link} mt-4`} onClick={onLeave}>
          Shapes
        </Link>
      )}
    </nav>
  )
}
