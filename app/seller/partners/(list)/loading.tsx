import { PageSkeleton } from '@/components/shell/page'

export default function Loading() {
  return <PageSkeleton crumbs={[{ label: 'Partners' }]} title="Partners" rows={5} />
}
