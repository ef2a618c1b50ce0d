'use client'

import { createContext, use } from 'react'
import type { ShellProps } from './types'

export type Panel = 'nav' | 'palette' | 'shortcuts'

export type Shell = ShellProps & {
  panel: Panel | undefined
  open: (panel: Panel | undefined) => void
}

export const ShellContext = createContext<Shell | undefined>(undefined)

/** What the frame knows; only inside an `AppShell`. */
export function useShell(): Shell {
  const shell = use(ShellContext)
  if (!shell) throw new Error('useShell outside an AppShell')
  return shell
}
