import { LeadSkeleton } from '@/components/lead/lead-skeleton'

export default function Loading() {
  return <LeadSkeleton side="seller" />
}
