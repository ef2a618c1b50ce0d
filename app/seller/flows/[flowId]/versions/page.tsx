import { History } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ChangeList } from '@/components/flow/change-list'
import { Page } from '@/components/shell/page'
import { EmptyState } from '@/components/ui/empty-state'
import { type Actor, hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { compareVersions, getFlow, listVersions } from '@/lib/flows'
import { CompareForm } from './_components/compare-form'
import { VersionList } from './_components/version-list'

export const metadata: Metadata = { title: 'Versions' }

const oneOf = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

export default async function VersionsPage({ params, searchParams }: PageProps<'/seller/flows/[flowId]/versions'>) {
  const [actor, { flowId }, query] = await Promise.all([requireSeller(), params, searchParams])
  const [flow, versions] = await Promise.all([getFlow(actor, flowId), listVersions(actor, flowId)])
  if (!flow.ok || !versions.ok) notFound()
  const numbers = versions.value.map(({ version }) => version)
  const from = oneOf(query['from']) ?? String(flow.value.liveVersion ?? 'draft')
  const to = oneOf(query['to']) ?? 'draft'
  return (
    <Page
      crumbs={[
        { label: 'Flows', href: '/seller/flows' },
        { label: flow.value.name, href: `/seller/flows/${flowId}` },
        { label: 'Versions' },
      ]}
      title="Versions"
      description="Every publish makes one. Restoring puts a version into the draft; nothing is live until you publish it."
    >
      {numbers.length === 0 ? (
        <EmptyState icon={<History />} title="Nothing was published yet">
          Versions appear here when you publish the flow, each with who did it and what it changed.
        </EmptyState>
      ) : (
        <>
          <section aria-label="Comparison" className="flex flex-col gap-4 rounded-lg border p-4">
            <CompareForm flowId={flowId} versions={numbers} from={from} to={to} />
            <Comparison actor={actor} flowId={flowId} from={from} to={to} />
          </section>
          <VersionList flowId={flowId} versions={versions.value} canEdit={hasRole(actor, 'member')} />
        </>
      )}
    </Page>
  )
}

async function Comparison({ actor, ...chosen }: { actor: Actor; flowId: string; from: string; to: string }) {
  const compared = await compareVersions(actor, chosen)
  if (!compared.ok) return <p className="text-sm text-tertiary">There is no such version. Choose another.</p>
  if (compared.value.changes.length === 0) return <p className="text-sm text-tertiary">They are the same.</p>
  return <ChangeList changes={compared.value.changes} />
}
