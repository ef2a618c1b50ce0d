import { ListSkeleton } from '@/components/event/list-skeleton'

export default function Loading() {
  return <ListSkeleton title="Queue" filters={3} rows={10} />
}
