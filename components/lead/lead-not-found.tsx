import { Contact } from 'lucide-react'
import type { Side } from '../event/event-words'
import { NotHere } from '../shell/not-here'

/** For an id that is not a lead of this account, whosever it is. */
export const LeadNotFound = ({ side }: { side: Side }) => (
  <NotHere what="lead" icon={<Contact />} list={{ label: 'Leads', href: `/${side}/leads` }}>
    It may belong to another of your accounts, or its time in the log is over. Search the list by email or phone.
  </NotHere>
)
