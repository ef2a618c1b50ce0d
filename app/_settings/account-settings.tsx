import type { Side } from '@/components/event/event-words'
import { SettingsFrame } from '@/components/settings/settings-frame'
import { ownAccount } from '@/lib/accounts'
import { hasRole } from '@/lib/actor'
import { requireActor } from '@/lib/auth'
import { AccountForm } from './account-form'

export async function AccountSettings({ side }: { side: Side }) {
  const actor = await requireActor()
  const account = await ownAccount(actor)
  return (
    <SettingsFrame side={side} tab="">
      <AccountForm account={account} mayChange={hasRole(actor, 'admin')} />
    </SettingsFrame>
  )
}
