import { Skeleton } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <div
      role="status"
      className="flex w-full max-w-2xl flex-col gap-5 rounded-xl border bg-surface p-6 shadow-sm sm:p-8"
    >
      <span className="sr-only">Loading</span>
      <Skeleton className="h-7 w-3/4" />
      <Skeleton className="w-1/2" />
      <Skeleton className="h-24" />
      <Skeleton className="h-32" />
      <Skeleton className="h-10 w-48" />
    </div>
  )
}
