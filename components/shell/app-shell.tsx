'use client'

import { type ReactNode, useState } from 'react'
import { Sheet, SheetContent } from '../ui/sheet'
import { CommandPalette } from './command-palette'
import { type Panel, ShellContext } from './shell-context'
import { ShortcutsDialog } from './shortcuts-dialog'
import { SideNav } from './side-nav'
import type { ShellProps } from './types'
import { useShortcuts } from './use-shortcuts'

/** The frame of a portal: navigation at the left, a `Page` at the right; palette and shortcuts over both. */
export function AppShell({ children, ...props }: ShellProps & { children: ReactNode }) {
  const [panel, open] = useState<Panel>()
  const shell = { ...props, panel, open }
  useShortcuts(props.nav, open)
  return (
    <ShellContext value={shell}>
      <a
        href="#content"
        className="sr-only rounded-lg border bg-raised px-3 py-2 shadow-lg focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        Skip to content
      </a>
      <div className="flex min-h-dvh">
        <aside className="sticky top-0 hidden h-dvh w-56 shrink-0 border-r bg-sidebar md:block">
          <SideNav />
        </aside>
        <div className="flex min-w-0 flex-1 flex-col">{children}</div>
      </div>
      <Sheet open={panel === 'nav'} onOpenChange={(isOpen) => open(isOpen ? 'nav' : undefined)}>
        <SheetContent side="left" title="Navigation" hideTitle className="max-w-72 bg-sidebar">
          <SideNav onGo={() => open(undefined)} />
        </SheetContent>
      </Sheet>
      <CommandPalette />
      <ShortcutsDialog />
    </ShellContext>
  )
}
