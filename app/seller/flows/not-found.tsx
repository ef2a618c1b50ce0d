import { Waypoints } from 'lucide-react'
import { NotHere } from '@/components/shell/not-here'

export default function FlowNotFound() {
  return (
    <NotHere what="flow" icon={<Waypoints />} list={{ label: 'Flows', href: '/seller/flows' }}>
      It may belong to another of your accounts. Switch accounts at the top left, or look in the list.
    </NotHere>
  )
}
