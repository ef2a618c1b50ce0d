import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { usualLabel } from '@/app/field-labels'
import { Page } from '@/components/shell/page'
import { StatusBadge } from '@/components/ui/badge'
import { hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import type { FlowDocument } from '@/lib/engine/schema'
import { getFlow } from '@/lib/flows'
import { sampleOf } from '../editor-view'
import { recentLeads } from '../recent-leads'
import { testFieldsOf } from '../test/test-fields'
import { Simulator } from './_components/simulator'
import { timeZonesOf } from './time-zones'

export const metadata: Metadata = { title: 'Simulator' }

/** Nothing marks it as a test: it is a lead like any other. */
function ownSample(draft: FlowDocument): Record<string, unknown> {
  const sample = sampleOf(draft)
  return Object.fromEntries(draft.fields.flatMap(({ name }) => (name in sample ? [[name, sample[name]]] : [])))
}

export default async function SimulatePage({ params }: PageProps<'/seller/flows/[flowId]/simulate'>) {
  const [actor, { flowId }] = await Promise.all([requireSeller(), params])
  const [found, leads] = await Promise.all([getFlow(actor, flowId), recentLeads(actor, flowId)])
  if (!found.ok) notFound()
  const { name, draft, problems, timeZone, sources } = found.value
  return (
    <Page
      crumbs={[
        { label: 'Flows', href: '/seller/flows' },
        { label: name, href: `/seller/flows/${flowId}` },
        { label: 'Simulator' },
      ]}
      title="Simulator"
      badges={<StatusBadge status="draft">tries the draft</StatusBadge>}
      description="Who would get a lead at a moment, and why, with caps and turns as they stand. Nothing is delivered, reserved or logged."
    >
      <Simulator
        flowId={flowId}
        fields={testFieldsOf(draft, ownSample(draft), usualLabel)}
        leads={leads}
        sources={sources.map((source) => ({ id: source.id, name: source.name }))}
        timeZones={timeZonesOf(draft, timeZone)}
        problems={problems}
        canRun={hasRole(actor, 'member')}
      />
    </Page>
  )
}
