import { ListSkeleton } from '@/components/event/list-skeleton'

export default function Loading() {
  return <ListSkeleton title="Queue" filters={2} rows={10} />
}
