import { Link2 } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'

export function NoConnections() {
  return (
    <EmptyState
      icon={<Link2 />}
      title="No connections yet"
      link={{ href: '/seller/flows', label: 'Invite from a buyer step' }}
    >
      Invite a buyer by email. They accept, set up where their leads go and test it; you never handle their addresses or
      passwords. When they are ready, you enable their step.
    </EmptyState>
  )
}
