'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Tabs as Radix } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'

const list = 'flex gap-5 overflow-x-auto border-b [scrollbar-width:none]'
const tab =
  '-mb-px inline-flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 text-base text-tertiary transition-colors duration-120 hover:text-foreground focus-visible:-outline-offset-2 pointer-coarse:h-11'

export const Tabs = Radix.Root

export function TabsList({ className, ...props }: ComponentProps<typeof Radix.List>) {
  return <Radix.List className={cn(list, className)} {...props} />
}

export function TabsTrigger({
  className,
  count,
  children,
  ...props
}: ComponentProps<typeof Radix.Trigger> & { count?: number | undefined }) {
  return (
    <Radix.Trigger
      className={cn(
        tab,
        'data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-foreground',
        className,
      )}
      {...props}
    >
      {children}
      <Count value={count} />
    </Radix.Trigger>
  )
}

export function TabsContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={cn('pt-4', className)} {...props} />
}

function Count({ value }: { value: number | string | undefined }) {
  if (value === undefined) return null
  return <span className="rounded-sm bg-muted px-1 text-2xs text-tertiary">{value}</span>
}

export type LinkTab = { href: string; label: ReactNode; count?: number | string | undefined }

/** Tabs that are pages: each has its own address, back works. */
export function LinkTabs({ tabs, label }: { tabs: readonly LinkTab[]; label: string }) {
  const path = usePathname()
  return (
    <nav aria-label={label} className={list}>
      {tabs.map(({ href, label: text, count }) => {
        const isHere = path === href
        return (
          <Link
            key={href}
            href={href}
            aria-current={isHere ? 'page' : undefined}
            className={cn(tab, isHere && 'border-accent font-medium text-foreground')}
          >
            {text}
            <Count value={count} />
          </Link>
        )
      })}
    </nav>
  )
}
