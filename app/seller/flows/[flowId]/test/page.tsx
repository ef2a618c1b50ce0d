import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { usualLabel } from '@/app/field-labels'
import { Page } from '@/components/shell/page'
import { StatusBadge } from '@/components/ui/badge'
import { hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { getFlow } from '@/lib/flows'
import { sampleOf } from '../editor-view'
import { TestConsole } from './_components/test-console'
import { testFieldsOf } from './test-fields'

export const metadata: Metadata = { title: 'Test console' }

export default async function TestPage({ params }: PageProps<'/seller/flows/[flowId]/test'>) {
  const [actor, { flowId }] = await Promise.all([requireSeller(), params])
  const found = await getFlow(actor, flowId)
  if (!found.ok) notFound()
  const { name, draft, problems } = found.value
  return (
    <Page
      crumbs={[
        { label: 'Flows', href: '/seller/flows' },
        { label: name, href: `/seller/flows/${flowId}` },
        { label: 'Test console' },
      ]}
      title="Test console"
      badges={<StatusBadge status="draft">runs the draft</StatusBadge>}
      description="A test lead goes the real way and reaches your buyers marked as a test. It counts in no price, limit or report."
    >
      <TestConsole
        flowId={flowId}
        fields={testFieldsOf(draft, sampleOf(draft), usualLabel)}
        problems={problems}
        canRun={hasRole(actor, 'member')}
      />
    </Page>
  )
}
