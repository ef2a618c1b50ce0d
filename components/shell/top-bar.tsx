'use client'

import { Menu, Search } from 'lucide-react'
import { Breadcrumbs, type Crumb } from '../ui/breadcrumbs'
import { Button } from '../ui/button'
import { Kbd } from '../ui/kbd'
import { useShell } from './shell-context'
import { UserMenu } from './user-menu'

/** Where we are, the palette and the person. */
export function TopBar({ crumbs }: { crumbs: readonly Crumb[] }) {
  const { open } = useShell()
  return (
    <div className="sticky top-0 z-30 flex h-12 shrink-0 items-center gap-2 border-b bg-background/90 px-3 backdrop-blur-sm sm:px-5">
      <Button
        variant="ghost"
        size="icon"
        aria-label="Open navigation"
        className="-ml-1 md:hidden"
        onClick={() => open('nav')}
      >
        <Menu />
      </Button>
      <Breadcrumbs crumbs={crumbs} />
      <div className="ml-auto flex shrink-0 items-center gap-2">
        <Button
          variant="ghost"
          className="gap-2 border border-line px-2 font-normal text-tertiary max-sm:border-transparent"
          onClick={() => open('palette')}
          aria-label="Search and commands"
          aria-keyshortcuts="Meta+K Control+K"
        >
          <Search />
          <span className="hidden lg:inline">Search or go to</span>
          <Kbd className="hidden sm:inline-flex">⌘K</Kbd>
        </Button>
        <UserMenu />
      </div>
    </div>
  )
}
