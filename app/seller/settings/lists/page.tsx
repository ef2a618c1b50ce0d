import { ListChecks } from 'lucide-react'
import type { Metadata } from 'next'
import { SettingsFrame } from '@/components/settings/settings-frame'
import { EmptyState } from '@/components/ui/empty-state'
import { hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { listLists } from '@/lib/lists'
import { ListTable } from './_components/list-table'
import { NewListDialog } from './_components/new-list-dialog'

export const metadata: Metadata = { title: 'Lists' }

export default async function Lists() {
  const actor = await requireSeller()
  const lists = await listLists(actor)
  const create = hasRole(actor, 'member') && <NewListDialog />
  return (
    <SettingsFrame side="seller" tab="lists" actions={lists.length > 0 && create}>
      <ListTable
        lists={lists}
        empty={
          <EmptyState icon={<ListChecks />} title="No lists yet" action={create || undefined}>
            Upload values once, and rules of every flow can ask whether a lead is among them: a service area, customers
            you have, numbers not to call.
          </EmptyState>
        }
      />
    </SettingsFrame>
  )
}
