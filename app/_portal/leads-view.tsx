import type { Side } from '@/components/event/event-words'
import { sinceOf } from '@/components/event/period'
import { LeadList } from '@/components/lead/lead-list'
import { Page } from '@/components/shell/page'
import { ownAccount } from '@/lib/accounts'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { listLeads } from '@/lib/leads'
import { LeadFilters } from '@/lib/leads/schema'
import { logChoices } from './log-choices'

export type LogViewProps = { actor: Actor; side: Side; params: Record<string, string | string[] | undefined> }

const words: Record<Side, string> = {
  seller: 'Who came in, who bought them, and why the others were not sold.',
  buyer: 'Each lead that was delivered to you, and what your system answered.',
}

/** The leads of a side, as the address narrows them. */
export async function LeadsView({ actor, side, params: { cursor, ...params } }: LogViewProps) {
  const filters = LeadFilters.parse({ ...params, cursor, ...sinceOf(params['period'], now()) })
  const [page, account, choices] = await Promise.all([
    listLeads(actor, side, filters),
    ownAccount(actor),
    logChoices(actor, side),
  ])
  return (
    <Page crumbs={[{ label: 'Leads' }]} title="Leads" description={words[side]} wide>
      <LeadList
        page={page}
        side={side}
        timeZone={account.timeZone}
        isFiltered={Object.keys(params).length > 0}
        {...choices}
      />
    </Page>
  )
}
