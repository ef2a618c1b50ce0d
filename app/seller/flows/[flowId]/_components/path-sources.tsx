'use client'

import { ArrowDownToLine, Plus } from 'lucide-react'
import { StatusBadge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { AddSourceDialog } from './add-source-dialog'
import { useEditor } from './editor-context'
import { isSame, type Place } from './places'

/** Who submits to the flow. */
export function PathSources() {
  const { view, place, go } = useEditor()
  const { sources } = view.flow
  const row = (goesTo: Place) =>
    cn(
      'flex min-h-8 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left text-base hover:bg-hover pointer-coarse:min-h-11',
      isSame(place, goesTo) && 'bg-accent-soft/60 font-medium text-accent-text hover:bg-accent-soft/60',
    )
  return (
    <div className={cn('rounded-lg border bg-surface', place.kind === 'sources' && 'border-accent')}>
      <div className="flex items-center gap-1 py-1 pr-1 pl-3">
        <button
          type="button"
          onClick={() => go({ kind: 'sources' })}
          className="flex min-h-8 min-w-0 flex-1 items-center gap-2.5 rounded-md text-left font-medium text-base hover:text-accent-text"
        >
          <ArrowDownToLine aria-hidden className="size-4 text-tertiary" />
          Sources
        </button>
        <AddSourceDialog>
          <Button variant="ghost" size="sm">
            <Plus className="size-3.5" />
            Add source
          </Button>
        </AddSourceDialog>
      </div>
      <ul className="flex flex-col border-t p-1 empty:hidden">
        {sources.map((source) => {
          const goesTo: Place = { kind: 'source', id: source.id }
          return (
            <li key={source.id}>
              <button
                type="button"
                className={row(goesTo)}
                aria-current={isSame(place, goesTo) ? 'true' : undefined}
                onClick={() => go(goesTo)}
              >
                <span className="min-w-0 flex-1 truncate">{source.name}</span>
                {!source.enabled && (
                  <StatusBadge status="disabled" className="text-xs">
                    off
                  </StatusBadge>
                )}
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
