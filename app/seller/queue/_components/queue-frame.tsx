import type { ReactNode } from 'react'
import { Page } from '@/components/shell/page'
import { LinkTabs } from '@/components/ui/tabs'
import { mostCounted, type QueueCounts } from '@/lib/queue/schema'

/** "99+" where there may be more; nothing where there is none. */
const countWords = (count: number) => (count >= mostCounted ? `${mostCounted - 1}+` : count || undefined)

/** The page of leads that are not done with. */
export function QueueFrame({ counts, children }: { counts: QueueCounts; children: ReactNode }) {
  const tabs = [
    { href: '/seller/queue', label: 'Waiting', count: countWords(counts.waiting) },
    { href: '/seller/queue/given-up', label: 'Given up', count: countWords(counts.givenUp) },
    { href: '/seller/queue/decisions', label: 'Needs a decision', count: countWords(counts.decisions) },
  ]
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
