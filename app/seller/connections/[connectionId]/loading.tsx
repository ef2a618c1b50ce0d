import { PageSkeleton } from '@/components/shell/page'

export default function Loading() {
  return (
    <PageSkeleton crumbs={[{ label: 'Connections', href: '/seller/connections' }, { label: 'Connection' }]} rows={6} />
  )
}
