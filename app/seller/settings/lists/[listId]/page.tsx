import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Page } from '@/components/shell/page'
import { LoadMore } from '@/components/table/load-more'
import { hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { findValues, getList } from '@/lib/lists'
import { ListActions } from '../_components/list-actions'
import { ListUses } from '../_components/list-uses'
import { ListValues } from '../_components/list-values'
import { ListWords } from '../_components/list-words'
import { UploadCard } from '../_components/upload-card'

export const metadata: Metadata = { title: 'List' }

const only = (value: string | string[] | undefined) => (typeof value === 'string' && value !== '' ? value : undefined)

export default async function List({ params, searchParams }: PageProps<'/seller/settings/lists/[listId]'>) {
  const [actor, { listId }, query] = await Promise.all([requireSeller(), params, searchParams])
  const [q, cursor] = [only(query['q']), only(query['cursor'])]
  const [list, found] = await Promise.all([
    getList(actor, listId),
    findValues(actor, { id: listId, ...(q && { q: q.slice(0, 200) }), ...(cursor && { cursor }) }),
  ])
  if (!list.ok || !found.ok) notFound()
  const mayChange = hasRole(actor, 'member')
  const { name } = list.value
  return (
    <Page
      crumbs={[
        { label: 'Settings', href: '/seller/settings' },
        { label: 'Lists', href: '/seller/settings/lists' },
        { label: name },
      ]}
      title={name}
      description={<ListWords list={list.value} />}
      actions={mayChange && <ListActions list={list.value} />}
    >
      <ListUses uses={list.value.uses} />
      {mayChange && <UploadCard list={list.value} />}
      <ListValues list={list.value} values={found.value.values} mayChange={mayChange} />
      <LoadMore nextCursor={found.value.nextCursor} label="Next values" />
    </Page>
  )
}
