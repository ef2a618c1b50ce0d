import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Page } from '@/components/shell/page'
import { LiveRefresh } from '@/components/table/live-refresh'
import { hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { listBacktests } from '@/lib/backtests'
import { getFlow } from '@/lib/flows'
import { BacktestForm } from './_components/backtest-form'
import { BacktestTable } from './_components/backtest-table'
import { buyerStepsOf } from './buyer-steps'

export const metadata: Metadata = { title: 'Backtest' }

export default async function BacktestPage({ params }: PageProps<'/seller/flows/[flowId]/backtest'>) {
  const [actor, { flowId }] = await Promise.all([requireSeller(), params])
  const [flow, backtests] = await Promise.all([getFlow(actor, flowId), listBacktests(actor, flowId)])
  if (!flow.ok || !backtests.ok) notFound()
  const { name, draft, problems, liveVersion, sources } = flow.value
  const isUnderWay = backtests.value.some(({ status }) => status === 'waiting' || status === 'running')
  return (
    <Page
      crumbs={[
        { label: 'Flows', href: '/seller/flows' },
        { label: name, href: `/seller/flows/${flowId}` },
        { label: 'Backtest' },
      ]}
      title="Backtest"
      description="What the draft would have made of leads that came in before, beside what happened. Nothing is delivered, and nothing counts."
      actions={isUnderWay && <LiveRefresh url="/api/live" />}
    >
      <div className="grid min-w-0 items-start gap-6 lg:grid-cols-[26rem_minmax(0,1fr)]">
        <BacktestForm
          flowId={flowId}
          steps={buyerStepsOf(draft)}
          sources={sources.map((source) => ({ id: source.id, name: source.name }))}
          liveVersion={liveVersion}
          problems={problems}
          canRun={hasRole(actor, 'member')}
        />
        <BacktestTable flowId={flowId} backtests={backtests.value} />
      </div>
    </Page>
  )
}
