import type { Metadata } from 'next'
import { AuditSettings } from '@/app/_settings/audit-settings'

export const metadata: Metadata = { title: 'Audit log' }

export default async function Settings({ searchParams }: PageProps<'/seller/settings/audit'>) {
  return <AuditSettings side="seller" cursor={(await searchParams)['cursor']} />
}
