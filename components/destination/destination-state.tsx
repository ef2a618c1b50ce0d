import { LockOpen } from 'lucide-react'
import { Badge, StatusBadge } from '@/components/ui/badge'
import { type DestinationStatus, destinationStatusWords } from '@/lib/destinations/schema'

const looks: Record<DestinationStatus, string> = { draft: 'draft', tested: 'setup', live: 'live', disabled: 'disabled' }
const ownWords: Partial<Record<DestinationStatus, string>> = { draft: 'Not tested yet', tested: 'Tested, not live yet' }

/** Whether leads can be delivered to a destination. */
export function DestinationState({ status }: { status: DestinationStatus }) {
  return <StatusBadge status={looks[status]}>{ownWords[status] ?? destinationStatusWords[status]}</StatusBadge>
}

/** Marks an address that begins with http://. */
export function InsecureBadge() {
  return (
    <Badge
      tone="amber"
      icon={<LockOpen aria-hidden />}
      title="Leads travel unencrypted: anyone on the way can read them."
    >
      http
    </Badge>
  )
}
