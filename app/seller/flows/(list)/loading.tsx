import { PageSkeleton } from '@/components/shell/page'

export default function Loading() {
  return <PageSkeleton crumbs={[{ label: 'Flows' }]} title="Flows" rows={5} />
}
