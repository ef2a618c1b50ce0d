import { Handshake } from 'lucide-react'
import Link from 'next/link'
import { Page } from '@/components/shell/page'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export default function PartnerNotFound() {
  return (
    <Page crumbs={[{ label: 'Partners', href: '/seller/partners' }, { label: 'Not found' }]}>
      <EmptyState
        icon={<Handshake />}
        title="There is no such partner here"
        action={
          <Button asChild>
            <Link href="/seller/partners">All partners</Link>
          </Button>
        }
      >
        It may have been deleted, or belong to another of your accounts. Switch accounts at the top left, or look in the
        list.
      </EmptyState>
    </Page>
  )
}
