import type { Metadata } from 'next'
import { ownAccount } from '@/lib/accounts'
import { hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { listFlowNames } from '@/lib/flows'
import { countQueue, listUndecided } from '@/lib/queue'
import { UndecidedFilters } from '@/lib/queue/schema'
import { QueueFrame } from '../_components/queue-frame'
import { UndecidedList } from '../_components/undecided-list'

export const metadata: Metadata = { title: 'Needs a decision' }

export default async function DecisionsPage({ searchParams }: PageProps<'/seller/queue/decisions'>) {
  const [actor, { cursor, ...params }] = await Promise.all([requireSeller(), searchParams])
  const [page, counts, account, flows] = await Promise.all([
    listUndecided(actor, UndecidedFilters.parse({ ...params, cursor })),
    countQueue(actor),
    ownAccount(actor),
    listFlowNames(actor),
  ])
  return (
    <QueueFrame counts={counts}>
      <UndecidedList
        page={page}
        flows={flows.map(({ id, name }) => ({ value: id, label: name }))}
        timeZone={account.timeZone}
        isFiltered={Object.keys(params).length > 0}
        mayAct={hasRole(actor, 'member')}
      />
    </QueueFrame>
  )
}
