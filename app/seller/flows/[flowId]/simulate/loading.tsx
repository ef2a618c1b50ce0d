import { Skeleton } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <div className="grid gap-6 px-4 py-5 sm:px-6 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <Skeleton className="h-96" />
      <Skeleton className="h-64" />
    </div>
  )
}
