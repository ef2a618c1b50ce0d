import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Page } from '@/components/shell/page'
import { LiveRefresh } from '@/components/table/live-refresh'
import { LoadMore } from '@/components/table/load-more'
import { hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { getBacktest, listBacktestLeads } from '@/lib/backtests'
import { BacktestLeadFilters } from '@/lib/backtests/schema'
import { getFlow } from '@/lib/flows'
import { isOpen, leadsWords, versionWords } from '../_components/backtest-words'
import { BacktestProgress } from './_components/backtest-progress'
import { BuyerTotals } from './_components/buyer-totals'
import { ChangeTabs } from './_components/change-tabs'
import { LeadChanges } from './_components/lead-changes'
import { TotalsTable } from './_components/totals-table'

export const metadata: Metadata = { title: 'Backtest' }

export default async function BacktestResultPage({
  params,
  searchParams,
}: PageProps<'/seller/flows/[flowId]/backtest/[backtestId]'>) {
  const [actor, { flowId, backtestId }, query] = await Promise.all([requireSeller(), params, searchParams])
  const filters = BacktestLeadFilters.parse(query)
  const [flow, found, leads] = await Promise.all([
    getFlow(actor, flowId),
    getBacktest(actor, flowId, backtestId),
    listBacktestLeads(actor, flowId, backtestId, filters),
  ])
  if (!flow.ok || !found.ok || !leads.ok) notFound()
  const backtest = found.value
  const { totals } = backtest
  const here = `/seller/flows/${flowId}/backtest/${backtestId}`
  return (
    <Page
      crumbs={[
        { label: 'Flows', href: '/seller/flows' },
        { label: flow.value.name, href: `/seller/flows/${flowId}` },
        { label: 'Backtest', href: `/seller/flows/${flowId}/backtest` },
        { label: versionWords(backtest) },
      ]}
      title={`${versionWords(backtest)} on ${leadsWords(backtest)}`}
      description="Nothing was delivered, and nothing counted."
      actions={isOpen(backtest) && <LiveRefresh url="/api/live" everyMs={700} />}
    >
      <BacktestProgress backtest={backtest} canCancel={hasRole(actor, 'member')} />
      {totals && (
        <div className="grid items-start gap-4 xl:grid-cols-[26rem_minmax(0,1fr)]">
          <TotalsTable totals={totals} />
          <BuyerTotals totals={totals} />
        </div>
      )}
      <section aria-label="Leads" className="flex min-w-0 flex-col gap-3">
        <ChangeTabs here={here} changes={totals?.changes ?? {}} chosen={filters.change} />
        <LeadChanges leads={leads.value.data} isRunning={isOpen(backtest)} />
        <LoadMore nextCursor={leads.value.nextCursor} label="More leads" />
      </section>
    </Page>
  )
}
