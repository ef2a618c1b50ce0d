import { Gavel } from 'lucide-react'
import { NotHere } from '@/components/shell/not-here'

export default function PingNotFound() {
  return (
    <NotHere
      what="ping"
      icon={<Gavel />}
      list={{ label: 'Events', href: '/buyer/events' }}
      all={{ label: 'All pings', href: '/buyer/events?type=ping' }}
    >
      It may belong to another of your accounts, or its time in the log is over.
    </NotHere>
  )
}
