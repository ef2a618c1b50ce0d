import { History } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ChangeList } from '@/components/flow/change-list'
import { Page } from '@/components/shell/page'
import { StatusBadge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { getFlow, listVersions } from '@/lib/flows'
import { VersionList } from './_components/version-list'

export const metadata: Metadata = { title: 'Versions' }

export default async function VersionsPage({ params }: PageProps<'/seller/flows/[flowId]/versions'>) {
  const [actor, { flowId }] = await Promise.all([requireSeller(), params])
  const [flow, versions] = await Promise.all([getFlow(actor, flowId), listVersions(actor, flowId)])
  if (!flow.ok || !versions.ok) notFound()
  const { name, changes, liveVersion } = flow.value
  return (
    <Page
      crumbs={[
        { label: 'Flows', href: '/seller/flows' },
        { label: name, href: `/seller/flows/${flowId}` },
        { label: 'Versions' },
      ]}
      title="Versions"
      description="Every publish makes one. Restoring puts a version into the draft; nothing is live until you publish it."
    >
      {liveVersion !== null && changes.length > 0 && (
        <section aria-label="Draft" className="flex flex-col gap-3 rounded-lg border border-dashed p-4">
          <StatusBadge status="changed" className="font-medium text-foreground">
            Draft, not published
          </StatusBadge>
          <ChangeList changes={changes} />
        </section>
      )}
      {versions.value.length === 0 ? (
        <EmptyState icon={<History />} title="Nothing was published yet">
          Versions appear here when you publish the flow, each with who did it and what it changed.
        </EmptyState>
      ) : (
        <VersionList flowId={flowId} versions={versions.value} canEdit={hasRole(actor, 'member')} />
      )}
    </Page>
  )
}
