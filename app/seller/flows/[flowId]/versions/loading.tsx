import { PageSkeleton } from '@/components/shell/page'

export default function Loading() {
  return (
    <PageSkeleton
      crumbs={[{ label: 'Flows', href: '/seller/flows' }, { label: 'Versions' }]}
      title="Versions"
      rows={4}
    />
  )
}
