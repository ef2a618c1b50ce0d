import { LeadNotFound } from '@/components/lead/lead-not-found'

export default function NotFound() {
  return <LeadNotFound side="buyer" />
}
