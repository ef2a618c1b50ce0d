'use client'

import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { countOf } from './queue-words'
import type { Ticks } from './use-ticks'

/** The column of ticks, for `DataTable`. */
export function tickColumn<Row>(ticks: Ticks, ids: readonly string[], of: (row: Row) => { id: string; name: string }) {
  const all = ids.length > 0 && ticks.ticked.length === ids.length
  return {
    header: (
      <Checkbox
        aria-label="Choose all on this page"
        checked={all || (ticks.ticked.length > 0 && 'indeterminate')}
        onCheckedChange={(on) => ticks.tickAll(on === true)}
      />
    ),
    cell: (row: Row) => {
      const { id, name } = of(row)
      return (
        <Checkbox
          aria-label={`Choose ${name}`}
          checked={ticks.isTicked(id)}
          onCheckedChange={(on) => ticks.tick(id, on === true)}
        />
      )
    },
  }
}

/** What can be done with the rows that are ticked; it floats, so that the list does not move. */
export function TickBar({ ticks, children }: { ticks: Ticks; children: ReactNode }) {
  if (ticks.ticked.length === 0) return null
  return (
    <section
      aria-label="Chosen leads"
      className="sticky bottom-4 z-30 mx-auto flex w-fit max-w-full animate-rise flex-wrap items-center justify-center gap-2 rounded-xl border border-line-strong bg-raised px-3 py-2 shadow-lg"
    >
      <span className="px-1 text-secondary text-sm tabular-nums">{countOf(ticks.ticked.length)} chosen</span>
      {children}
      <Button variant="ghost" onClick={ticks.clear}>
        Clear
      </Button>
    </section>
  )
}
