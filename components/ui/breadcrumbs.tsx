import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { cn } from './cn'

export type Crumb = { label: string; href?: string }

/** Where we are. The last one is this page; on a phone only it and its parent are shown. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5 text-sm">
        {crumbs.map(({ label, href }, index) => {
          const isLast = index === crumbs.length - 1
          return (
            <li
              key={`${href ?? ''}${label}`}
              className={cn(
                'flex items-center gap-1.5',
                isLast ? 'min-w-0' : 'max-w-36 shrink-0 sm:max-w-60',
                index < crumbs.length - 2 && 'max-sm:hidden',
              )}
            >
              {index > 0 && <ChevronRight aria-hidden className="size-3.5 shrink-0 text-tertiary/70" />}
              {href && !isLast ? (
                <Link href={href} className="truncate rounded-sm text-tertiary hover:text-foreground">
                  {label}
                </Link>
              ) : (
                <span aria-current={isLast ? 'page' : undefined} className="truncate font-medium">
                  {label}
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
