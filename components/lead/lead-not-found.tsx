import { Contact } from 'lucide-react'
import Link from 'next/link'
import type { Side } from '../event/event-words'
import { Page } from '../shell/page'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'

/** For an id that is not a lead of this account, whosever it is. */
export function LeadNotFound({ side }: { side: Side }) {
  return (
    <Page crumbs={[{ label: 'Leads', href: `/${side}/leads` }, { label: 'Not found' }]}>
      <EmptyState
        icon={<Contact />}
        title="There is no such lead here"
        action={
          <Button asChild>
            <Link href={`/${side}/leads`}>All leads</Link>
          </Button>
        }
      >
        It may belong to another of your accounts, or its time in the log is over. Search the list by email or phone.
      </EmptyState>
    </Page>
  )
}
