import { Link2 } from 'lucide-react'
import Link from 'next/link'
import { Page } from '@/components/shell/page'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export default function ConnectionNotFound() {
  return (
    <Page crumbs={[{ label: 'Connections', href: '/seller/connections' }, { label: 'Not found' }]}>
      <EmptyState
        icon={<Link2 />}
        title="There is no such connection here"
        action={
          <Button asChild>
            <Link href="/seller/connections">All connections</Link>
          </Button>
        }
      >
        It may belong to another of your accounts. Switch accounts at the top left, or look in the list.
      </EmptyState>
    </Page>
  )
}
