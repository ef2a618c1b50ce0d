'use client'

import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { isError } from '@/components/flow/problem-notes'
import { cn } from '@/components/ui/cn'
import type { Problem } from '@/lib/engine/types'
import { useEditor } from './editor-context'
import { addressOf, isSame, type Place } from './places'

type PathItemProps = {
  goesTo: Place
  icon: ReactNode
  title: ReactNode
  /** A line below. */
  children?: ReactNode
  /** One more line, below that. */
  note?: string
  aside?: ReactNode
  problems?: readonly Problem[]
  isOff?: boolean
  onKeyDown?: (event: KeyboardEvent<HTMLButtonElement>) => void
  keys?: string
}

/** One stop on the way of a lead. A click edits it at the right. */
export function PathItem({
  goesTo,
  icon,
  title,
  children,
  note,
  aside,
  problems = [],
  isOff,
  onKeyDown,
  keys,
}: PathItemProps) {
  const { place, go } = useEditor()
  const isHere = isSame(place, goesTo)
  return (
    <button
      type="button"
      data-place={addressOf(goesTo)}
      aria-current={isHere ? 'true' : undefined}
      {...(keys && { 'aria-keyshortcuts': keys })}
      onClick={() => go(goesTo)}
      onKeyDown={onKeyDown}
      className={cn(
        'flex w-full min-w-0 items-start gap-2.5 rounded-lg border bg-surface px-3 py-2.5 text-left transition-colors duration-120 hover:bg-hover pointer-coarse:py-3',
        isHere && 'border-accent bg-accent-soft/60 hover:bg-accent-soft/60',
      )}
    >
      <span className={cn('mt-0.5 text-tertiary [&_svg]:size-4', isHere && 'text-accent-text')}>{icon}</span>
      <span className="flex min-w-0 flex-1 flex-col">
        <span className={cn('truncate font-medium text-base', isOff && 'text-tertiary')}>{title}</span>
        {children && <span className="line-clamp-2 break-words text-sm text-tertiary">{children}</span>}
        {note && (
          <span title={note} className="truncate text-sm text-tertiary">
            {note}
          </span>
        )}
      </span>
      <span className="flex shrink-0 items-center gap-2 self-center text-sm text-tertiary">
        {aside}
        <ProblemMark problems={problems} />
      </span>
    </button>
  )
}

function ProblemMark({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null
  const errors = problems.filter(isError).length
  const Icon = errors > 0 ? CircleAlert : TriangleAlert
  const count = errors || problems.length
  return (
    <span className={cn('inline-flex items-center gap-0.5 text-xs', errors > 0 ? 'text-red' : 'text-amber')}>
      <Icon aria-hidden className="size-3.5" />
      {count}
      <span className="sr-only">{errors > 0 ? 'problems' : 'warnings'}</span>
    </span>
  )
}

/** The way down from one stop to the next. */
export const PathLine = () => <span aria-hidden className="ml-5 block h-3 w-px bg-line-strong" />
