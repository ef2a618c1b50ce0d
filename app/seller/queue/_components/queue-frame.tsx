import type { ReactNode } from 'react'
import { Page } from '@/components/shell/page'
import { LinkTabs } from '@/components/ui/tabs'

const tabs = [
  { href: '/seller/queue', label: 'Waiting' },
  { href: '/seller/queue/given-up', label: 'Given up' },
  { href: '/seller/queue/decisions', label: 'Needs a decision' },
]

/** The page of leads that are not done with. */
export function QueueFrame({ children }: { children: ReactNode }) {
  return (
    <Page
      crumbs={[{ label: 'Queue' }]}
      title="Queue"
      description="Leads that are not done with: those that wait for their buyer, those whose deliveries failed, and those whose buyer never answered."
      wide
    >
      <LinkTabs tabs={tabs} label="Queue" />
      {children}
    </Page>
  )
}
