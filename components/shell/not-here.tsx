import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { Page } from './page'

type NotHereProps = {
  /** What was looked for, in the singular. */
  what: string
  icon: ReactNode
  /** The list that it would stand in. */
  list: { label: string; href: string }
  /** The button to all of its kind; to the list where nothing else is said. */
  all?: { label: string; href: string }
  children: ReactNode
}

/** The page of something that is not there, or is not this account's: the two look the same. */
export const NotHere = ({ what, icon, list, all, children }: NotHereProps) => (
  <Page crumbs={[list, { label: 'Not found' }]}>
    <EmptyState
      icon={icon}
      title={`There is no such ${what} here`}
      action={
        <Button asChild>
          <Link href={all?.href ?? list.href}>{all?.label ?? `All ${list.label.toLowerCase()}`}</Link>
        </Button>
      }
    >
      {children}
    </EmptyState>
  </Page>
)
