import type { Metadata } from 'next'
import { ownAccount } from '@/lib/accounts'
import { hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { listFlowNames } from '@/lib/flows'
import { countQueue, listQueue, listQueueBuyers } from '@/lib/queue'
import { QueueFilters } from '@/lib/queue/schema'
import { QueueFrame } from './_components/queue-frame'
import { QueueList } from './_components/queue-list'

export const metadata: Metadata = { title: 'Queue' }

export default async function QueuePage({ searchParams }: PageProps<'/seller/queue'>) {
  const [actor, { cursor, ...params }] = await Promise.all([requireSeller(), searchParams])
  const [page, counts, account, flows] = await Promise.all([
    listQueue(actor, QueueFilters.parse({ ...params, cursor })),
    countQueue(actor),
    ownAccount(actor),
    listFlowNames(actor),
  ])
  const mayAct = hasRole(actor, 'member')
  const flowIds = page.data.map(({ flowId }) => flowId)
  return (
    <QueueFrame counts={counts}>
      <QueueList
        page={page}
        flows={flows.map(({ id, name }) => ({ value: id, label: name }))}
        buyers={mayAct ? await listQueueBuyers(actor, flowIds) : {}}
        timeZone={account.timeZone}
        isFiltered={Object.keys(params).length > 0}
        mayAct={mayAct}
      />
    </QueueFrame>
  )
}
