import type { ReactNode } from 'react'

export type Side = 'selling' | 'buying'

export type NavItem = {
  href: string
  label: string
  icon: ReactNode
  /** `g` and this letter go there. */
  key?: string
  count?: number | undefined
  /** A green dot: the page renews itself. */
  live?: boolean
  /** Selected on this very address only, not on those below it. */
  exact?: boolean
}

export type Command = {
  id: string
  label: string
  href: string
  group?: string
  icon?: ReactNode
  keywords?: string[]
  shortcut?: string
}

export type SearchHit = { id: string; label: string; hint?: string; href: string; group?: string }

export type ShellProps = {
  side: Side
  /** Home of each side that the account may use; the switch appears when there are two. */
  sides: Partial<Record<Side, string>>
  account: { id: string; name: string }
  accounts: readonly { id: string; name: string }[]
  user: { name: string; email: string }
  nav: readonly NavItem[]
  /** More places for the user menu: the API reference. */
  links?: readonly { label: string; href: string }[]
  commands?: readonly Command[]
  search?: ((query: string) => Promise<SearchHit[]>) | undefined
  onSwitchAccount: (accountId: string) => Promise<unknown>
}
