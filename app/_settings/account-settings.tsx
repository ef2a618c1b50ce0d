import type { Side } from '@/components/event/event-words'
import { SettingsFrame } from '@/components/settings/settings-frame'
import { ownAccount } from '@/lib/accounts'
import { hasRole } from '@/lib/actor'
import { requireActor } from '@/lib/auth'
import { AccountForm } from './account-form'
import { BusinessHoursCard } from './business-hours-card'

export async function AccountSettings({ side }: { side: Side }) {
  const actor = await requireActor()
  const { name, timeZone, businessHours } = await ownAccount(actor)
  const mayChange = hasRole(actor, 'admin')
  return (
    <SettingsFrame side={side} tab="">
      <AccountForm account={{ name, timeZone }} mayChange={mayChange} />
      {side === 'seller' && <BusinessHoursCard {...{ businessHours, timeZone, mayChange }} />}
    </SettingsFrame>
  )
}
