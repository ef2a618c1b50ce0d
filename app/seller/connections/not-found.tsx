import { Link2 } from 'lucide-react'
import { NotHere } from '@/components/shell/not-here'

export default function ConnectionNotFound() {
  return (
    <NotHere what="connection" icon={<Link2 />} list={{ label: 'Connections', href: '/seller/connections' }}>
      It may belong to another of your accounts. Switch accounts at the top left, or look in the list.
    </NotHere>
  )
}
