'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cn } from '../ui/cn'
import { Logo } from '../ui/logo'
import { AccountSwitch } from './account-switch'
import { useShell } from './shell-context'
import type { NavItem, Side } from './types'

const names: Record<Side, string> = { selling: 'Selling', buying: 'Buying' }

/** Logo, account, side and places. `onGo` closes the sheet that holds it on a phone. */
export function SideNav({ onGo }: { onGo?: () => void }) {
  const { side, sides, nav } = useShell()
  const home = sides[side] ?? '/'
  return (
    <div className="flex h-full flex-col gap-3 overflow-y-auto p-3">
      <Link
        href={home}
        onClick={() => onGo?.()}
        className="flex h-7 w-fit items-center rounded-md px-1.5"
        aria-label="Baton, overview"
      >
        <Logo />
      </Link>
      <AccountSwitch />
      <SideSwitch {...(onGo && { onGo })} />
      <nav aria-label={names[side]} className="flex flex-col gap-px">
        {nav.map((item) => (
          <NavLink key={item.href} item={item} onGo={onGo} />
        ))}
      </nav>
    </div>
  )
}

/** Selling or buying; only for accounts that do both. */
function SideSwitch({ onGo }: { onGo?: () => void }) {
  const { side, sides } = useShell()
  const both = (['selling', 'buying'] as const).flatMap((name) => {
    const href = sides[name]
    return href ? [{ name, href }] : []
  })
  if (both.length < 2) return null
  return (
    <div className="grid grid-cols-2 rounded-lg bg-hover p-0.5 dark:bg-muted">
      {both.map(({ name, href }) => (
        <Link
          key={name}
          href={href}
          onClick={() => onGo?.()}
          aria-current={name === side ? 'true' : undefined}
          className={cn(
            'flex h-7 items-center justify-center rounded-md text-sm transition-colors duration-120 pointer-coarse:h-9',
            name === side
              ? 'bg-raised font-medium shadow-sm dark:bg-line-strong'
              : 'text-tertiary hover:text-foreground',
          )}
        >
          {names[name]}
        </Link>
      ))}
    </div>
  )
}

function NavLink({ item, onGo }: { item: NavItem; onGo: (() => void) | undefined }) {
  const path = usePathname()
  const isHere = path === item.href || (!item.exact && path.startsWith(`${item.href}/`))
  return (
    <Link
      href={item.href}
      onClick={() => onGo?.()}
      aria-current={isHere ? 'page' : undefined}
      className={cn(
        'group flex h-8 items-center gap-2.5 rounded-lg px-2 text-base transition-colors duration-120 pointer-coarse:h-10 [&_svg]:size-4 [&_svg]:shrink-0',
        isHere
          ? 'bg-hover font-medium text-foreground [&_svg]:text-accent-text'
          : 'text-secondary hover:bg-hover/60 hover:text-foreground [&_svg]:text-tertiary',
      )}
    >
      {item.icon}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.live && (
        <span className="size-2 rounded-full bg-green-fill">
          <span className="sr-only">live</span>
        </span>
      )}
      {item.count !== undefined && item.count > 0 && (
        <span className="min-w-5 rounded-md bg-accent-soft px-1.5 text-center font-medium text-accent-text text-xs/5">
          {item.count}
        </span>
      )}
    </Link>
  )
}
