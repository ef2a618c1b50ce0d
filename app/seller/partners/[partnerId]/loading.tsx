import { PageSkeleton } from '@/components/shell/page'

export default function Loading() {
  return <PageSkeleton crumbs={[{ label: 'Partners', href: '/seller/partners' }, { label: 'Partner' }]} rows={6} />
}
