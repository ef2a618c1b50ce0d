import Link from 'next/link'
import { cn } from '@/components/ui/cn'
import type { ChangeKind } from '@/lib/engine'
import { changeWords } from './change-words'

type ChangeTabsProps = {
  here: string
  changes: Partial<Record<ChangeKind, number>>
  chosen: ChangeKind | undefined
}

/** The kinds of difference with their numbers; each shows its leads. */
export function ChangeTabs({ here, changes, chosen }: ChangeTabsProps) {
  const all = Object.values(changes).reduce((sum, count) => sum + count, 0)
  const kinds = (Object.keys(changeWords) as ChangeKind[]).filter((kind) => (changes[kind] ?? 0) > 0)
  const tabs = [
    { href: here, label: 'All', count: all, isHere: chosen === undefined },
    ...kinds.map((kind) => ({
      href: `${here}?change=${kind}`,
      label: changeWords[kind].word,
      count: changes[kind] ?? 0,
      isHere: chosen === kind,
    })),
  ]
  return (
    <nav aria-label="Differences" className="flex flex-wrap gap-1.5">
      {tabs.map(({ href, label, count, isHere }) => (
        <Link
          key={href}
          href={href}
          scroll={false}
          aria-current={isHere ? 'page' : undefined}
          className={cn(
            'inline-flex h-7 items-center gap-1.5 rounded-md border px-2.5 text-sm transition-colors duration-120 hover:bg-hover pointer-coarse:h-10',
            isHere ? 'border-accent bg-accent-soft text-accent-text' : 'text-secondary',
          )}
        >
          {label}
          <span className="tabular-nums opacity-80">{count.toLocaleString('en-US')}</span>
        </Link>
      ))}
    </nav>
  )
}
