import type { Metadata } from 'next'
import { sinceOf } from '@/components/event/period'
import { ownAccount } from '@/lib/accounts'
import { hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { now } from '@/lib/clock'
import { listFlowNames } from '@/lib/flows'
import { countQueue, listDeadLetters } from '@/lib/queue'
import { DeadLetterFilters } from '@/lib/queue/schema'
import { GivenUpList } from '../_components/given-up-list'
import { QueueFrame } from '../_components/queue-frame'

export const metadata: Metadata = { title: 'Given up' }

export default async function GivenUpPage({ searchParams }: PageProps<'/seller/queue/given-up'>) {
  const [actor, { cursor, ...params }] = await Promise.all([requireSeller(), searchParams])
  const filters = DeadLetterFilters.parse({ ...params, cursor, ...sinceOf(params['period'], now()) })
  const [page, counts, account, flows] = await Promise.all([
    listDeadLetters(actor, filters),
    countQueue(actor),
    ownAccount(actor),
    listFlowNames(actor),
  ])
  // A range is a flow and a time: what narrows the list otherwise can't be replayed as a whole.
  const isRange = filters.q === undefined && filters.cause === undefined
  return (
    <QueueFrame counts={counts}>
      <GivenUpList
        page={page}
        flows={flows.map(({ id, name }) => ({ value: id, label: name }))}
        timeZone={account.timeZone}
        isFiltered={Object.keys(params).length > 0}
        mayAct={hasRole(actor, 'member')}
        range={isRange ? { flowId: filters.flow_id, from: filters.from ?? '2000-01-01T00:00:00Z' } : undefined}
      />
    </QueueFrame>
  )
}
