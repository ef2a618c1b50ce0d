import { Gavel } from 'lucide-react'
import Link from 'next/link'
import { Page } from '@/components/shell/page'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export default function NotFound() {
  return (
    <Page crumbs={[{ label: 'Events', href: '/buyer/events' }, { label: 'Not found' }]}>
      <EmptyState
        icon={<Gavel />}
        title="There is no such ping here"
        action={
          <Button asChild>
            <Link href="/buyer/events?type=ping">All pings</Link>
          </Button>
        }
      >
        It may belong to another of your accounts, or its time in the log is over.
      </EmptyState>
    </Page>
  )
}
