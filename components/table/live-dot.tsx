import { cn } from '../ui/cn'

export type LiveState = 'live' | 'connecting' | 'off'

const looks = {
  live: ['bg-green-fill text-green-fill animate-beat', 'live'],
  connecting: ['bg-amber-fill', 'connecting'],
  off: ['bg-grey-fill', 'paused'],
} as const

/** Whether the list renews itself. */
export function LiveDot({ state, className }: { state: LiveState; className?: string }) {
  const [dot, word] = looks[state]
  return (
    <span className={cn('inline-flex items-center gap-1.5 text-sm text-tertiary', className)}>
      <span aria-hidden className={cn('size-2 rounded-full', dot)} />
      {word}
    </span>
  )
}
