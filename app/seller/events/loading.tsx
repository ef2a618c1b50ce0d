import { ListSkeleton } from '@/components/event/list-skeleton'

export default function Loading() {
  return <ListSkeleton title="Events" filters={6} rows={14} />
}
