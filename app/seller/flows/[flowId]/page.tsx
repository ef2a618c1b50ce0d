import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Page } from '@/components/shell/page'
import { requireSeller } from '@/lib/auth'
import { Editor } from './_components/editor'
import { RuleToolsProvider } from './_components/rule-tools-provider'
import { editorView, stepShares } from './editor-view'
import { ruleMaterial } from './rule-tools'

export const metadata: Metadata = { title: 'Flow' }

export default async function FlowPage({ params }: PageProps<'/seller/flows/[flowId]'>) {
  const [actor, { flowId }] = await Promise.all([requireSeller(), params])
  const [view, shares, material] = await Promise.all([
    editorView(actor, flowId),
    stepShares(actor, flowId),
    ruleMaterial(actor, flowId),
  ])
  if (!view.ok) notFound()
  return (
    <Page crumbs={[{ label: 'Flows', href: '/seller/flows' }, { label: view.value.flow.name }]} bare>
      <RuleToolsProvider flowId={flowId} material={material}>
        <Editor key={flowId} initial={view.value} shares={shares} />
      </RuleToolsProvider>
    </Page>
  )
}
