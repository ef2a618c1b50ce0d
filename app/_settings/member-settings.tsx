import type { Side } from '@/components/event/event-words'
import { MemberTable } from '@/components/settings/member-table'
import { SettingsFrame } from '@/components/settings/settings-frame'
import { listMembers } from '@/lib/accounts'
import { requireActor } from '@/lib/auth'

export async function MemberSettings({ side }: { side: Side }) {
  const actor = await requireActor()
  return (
    <SettingsFrame side={side} tab="members">
      <MemberTable members={await listMembers(actor)} {...(actor.userId && { ownId: actor.userId })} />
    </SettingsFrame>
  )
}
