import { Waypoints } from 'lucide-react'
import Link from 'next/link'
import { Page } from '@/components/shell/page'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export default function FlowNotFound() {
  return (
    <Page crumbs={[{ label: 'Flows', href: '/seller/flows' }, { label: 'Not found' }]}>
      <EmptyState
        icon={<Waypoints />}
        title="There is no such flow here"
        action={
          <Button asChild>
            <Link href="/seller/flows">All flows</Link>
          </Button>
        }
      >
        It may belong to another of your accounts. Switch accounts at the top left, or look in the list.
      </EmptyState>
    </Page>
  )
}
