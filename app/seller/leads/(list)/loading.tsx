import { ListSkeleton } from '@/components/event/list-skeleton'

export default function Loading() {
  return <ListSkeleton title="Leads" filters={5} rows={14} />
}
