import { PageSkeleton } from '@/components/shell/page'

export default function Loading() {
  return <PageSkeleton crumbs={[{ label: 'Destinations', href: '/buyer/destinations' }]} rows={6} />
}
