import type { Side } from '@/components/event/event-words'
import { MembershipList } from '@/components/settings/membership-list'
import { SettingsFrame } from '@/components/settings/settings-frame'
import { listMemberships } from '@/lib/accounts'
import { requireActor } from '@/lib/auth'
import { openAccountAction } from './actions'
import { CreateAccountDialog } from './create-account-dialog'

export async function MembershipSettings({ side }: { side: Side }) {
  const actor = await requireActor()
  const memberships = actor.userId ? await listMemberships(actor.userId) : []
  return (
    <SettingsFrame side={side} tab="accounts" actions={<CreateAccountDialog />}>
      <MembershipList memberships={memberships} presentId={actor.accountId} open={openAccountAction} />
    </SettingsFrame>
  )
}
