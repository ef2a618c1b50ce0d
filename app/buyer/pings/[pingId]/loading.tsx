import { PageSkeleton } from '@/components/shell/page'

export default function Loading() {
  return <PageSkeleton crumbs={[{ label: 'Events', href: '/buyer/events' }, { label: 'Ping' }]} />
}
