import { Handshake } from 'lucide-react'
import { NotHere } from '@/components/shell/not-here'

export default function PartnerNotFound() {
  return (
    <NotHere what="partner" icon={<Handshake />} list={{ label: 'Partners', href: '/seller/partners' }}>
      It may have been deleted, or belong to another of your accounts. Switch accounts at the top left, or look in the
      list.
    </NotHere>
  )
}
